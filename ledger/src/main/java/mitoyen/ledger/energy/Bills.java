package mitoyen.ledger.energy;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;

/// What each owes whom, by billing period, summed over the days that were settled (EN-40 to EN-48).
///
/// Days come in any order and each under its own terms; a member is who his id says. Energy is
/// summed before anything is rounded, so the bills of a set of days do not depend on their order.
/// Days of one period under the same terms and price line are summed on one sheet, which is posted
/// to the sorted totals when another is begun.
public final class Bills {
    /// The community's account as a seller; no member bears this id.
    public static final String COMMUNITY = "community";

    private static final Comparator<PriceLine> BY_LINE =
            Comparator.comparing(PriceLine::from)
                    .thenComparing(PriceLine::local)
                    .thenComparing(PriceLine::supplier)
                    .thenComparing(PriceLine::feedIn)
                    .thenComparing(PriceLine::communityFee)
                    .thenComparing(PriceLine::networkFee);

    private static final Comparator<SaleKey> BY_PRICE =
            Comparator.comparing(SaleKey::prices, BY_LINE)
                    .thenComparing(SaleKey::price)
                    .thenComparing(SaleKey::vatRate);

    private static final Comparator<UseKey> BY_USE =
            Comparator.comparing(UseKey::period)
                    .thenComparing(UseKey::member)
                    .thenComparing(UseKey::prices, BY_LINE);

    private final SortedMap<SaleKey, Energy> sold = new TreeMap<>();
    private final SortedMap<UseKey, EnergyUse> used = new TreeMap<>(BY_USE);
    private final SortedMap<UseKey, Energy> bought = new TreeMap<>(BY_USE);
    private Optional<BillingSheet> open = Optional.empty();
    private LocalDate latestDay = LocalDate.MIN;
    private List<Member> latestMembers = List.of();
    private Optional<BillLines> lines = Optional.empty();

    /// Adds a settled day.
    ///
    /// @param day the local day; adding one twice counts it twice
    /// @throws IllegalArgumentException if the parts are of different sizes, no prices hold on the
    ///   day, a member bears the id of the community's account, or one sold without a rate of tax
    /// @throws ArithmeticException if a sum exceeds a `long`
    public void add(
            LocalDate day,
            Terms terms,
            Roster roster,
            DayReadings readings,
            DayAllocation allocation,
            DayTrades trades) {
        lines = Optional.empty();
        String period = terms.billing().of(day);
        PriceLine prices = terms.pricesOn(day);
        if (open.map(sheet -> !sheet.takes(period, terms, prices)).orElse(true)) {
            post();
            requireNoMemberIsTheCommunity(terms);
            open = Optional.of(new BillingSheet(period, terms, prices));
        }
        open.orElseThrow().add(roster, readings, allocation, trades);
        if (!day.isBefore(latestDay)) {
            latestDay = day;
            latestMembers = terms.members();
        }
    }

    /// Every line of energy bought: by period, then seller and buyer in the order of the members of
    /// the latest day's terms, former members after them by id and the community's account last,
    /// then price line.
    public List<Sale> sales() {
        return lines().sales();
    }

    /// Every line of fees: by period, then member, in the order of [#sales()], then price line.
    public List<Fee> fees() {
        return lines().fees();
    }

    /// Every period of every member whom the terms of one of its days list: by period, then member,
    /// in the order of [#sales()].
    public List<MemberPeriod> members() {
        return lines().members();
    }

    /// What the accounts that are no member's are owed, by period: with the balances of
    /// [#members()] it adds up to 0 in each (EN-44).
    public List<PeriodAccounts> accounts() {
        return lines().accounts();
    }

    /// Works out what the others answer, for whoever has the time before they are asked.
    public void workOut() {
        lines();
    }

    private BillLines lines() {
        BillLines worked = lines.orElseGet(this::newLines);
        lines = Optional.of(worked);
        return worked;
    }

    private BillLines newLines() {
        post();
        return new BillLines(
                latestMembers,
                used.entrySet().stream().map(line -> line.getKey().use(line.getValue())).toList(),
                sold.entrySet().stream().map(line -> sale(line.getKey(), line.getValue())).toList(),
                bought.entrySet().stream()
                        .map(line -> fee(line.getKey(), line.getValue()))
                        .toList());
    }

    private static void requireNoMemberIsTheCommunity(Terms terms) {
        if (terms.members().stream().anyMatch(member -> member.id().equals(COMMUNITY))) {
            throw new IllegalArgumentException("a member bears the id of the community's account");
        }
    }

    private void post() {
        open.ifPresent(this::post);
        open = Optional.empty();
    }

    private void post(BillingSheet sheet) {
        List<Member> members = sheet.terms().members();
        for (int buyer = 0; buyer < members.size(); buyer++) {
            UseKey key = new UseKey(sheet.period(), members.get(buyer).id(), sheet.prices());
            used.merge(key, sheet.use(buyer), EnergyUse::plus);
            Energy ofOthers = Energy.ZERO;
            for (int seller = 0; seller <= members.size(); seller++) {
                long mWh = sheet.tradedMwh(seller, buyer);
                if (seller != buyer && mWh > 0) {
                    Energy energy = new Energy(mWh);
                    sold.merge(saleKey(sheet, seller, buyer), energy, Energy::plus);
                    ofOthers = ofOthers.plus(energy);
                }
            }
            if (ofOthers.mWh() > 0) {
                bought.merge(key, ofOthers, Energy::plus);
            }
        }
    }

    private static SaleKey saleKey(BillingSheet sheet, int seller, int buyer) {
        List<Member> members = sheet.terms().members();
        String buyerId = members.get(buyer).id();
        PriceLine prices = sheet.prices();
        if (seller == members.size()) {
            return new SaleKey(
                    sheet.period(), COMMUNITY, buyerId, prices, prices.local(), Share.ZERO);
        }
        Member member = members.get(seller);
        Price price = member.price().orElse(prices.local());
        Share vatRate =
                member.vat()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        member.id() + " sold without a rate of tax"));
        return new SaleKey(sheet.period(), member.id(), buyerId, prices, price, vatRate);
    }

    private static Sale sale(SaleKey key, Energy energy) {
        Money amount = key.price().costOf(energy);
        return new Sale(
                key.period(),
                key.seller(),
                key.buyer(),
                key.prices(),
                energy,
                key.price(),
                amount,
                key.vatRate(),
                key.vatRate().of(amount));
    }

    private static Fee fee(UseKey key, Energy bought) {
        return new Fee(
                key.period(),
                key.member(),
                key.prices(),
                bought,
                key.prices().communityFee().costOf(bought),
                key.prices().networkFee().costOf(bought));
    }

    private record SaleKey(
            String period,
            String seller,
            String buyer,
            PriceLine prices,
            Price price,
            Share vatRate)
            implements Comparable<SaleKey> {
        @Override
        public int compareTo(SaleKey other) {
            int order = period.compareTo(other.period);
            if (order == 0) {
                order = seller.compareTo(other.seller);
            }
            if (order == 0) {
                order = buyer.compareTo(other.buyer);
            }
            return order != 0 ? order : BY_PRICE.compare(this, other);
        }
    }

    private record UseKey(String period, String member, PriceLine prices) {
        BillLines.Use use(EnergyUse energy) {
            return new BillLines.Use(period, member, prices, energy);
        }
    }
}
