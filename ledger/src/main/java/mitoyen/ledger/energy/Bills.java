package mitoyen.ledger.energy;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
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

    private static final Comparator<SaleKey> BY_SALE =
            Comparator.comparing(SaleKey::period)
                    .thenComparing(SaleKey::seller)
                    .thenComparing(SaleKey::buyer)
                    .thenComparing(SaleKey::prices, BY_LINE)
                    .thenComparing(SaleKey::price)
                    .thenComparing(SaleKey::vatRate);

    private static final Comparator<UseKey> BY_USE =
            Comparator.comparing(UseKey::period)
                    .thenComparing(UseKey::member)
                    .thenComparing(UseKey::prices, BY_LINE);

    private final SortedMap<SaleKey, Energy> sold = new TreeMap<>(BY_SALE);
    private final SortedMap<UseKey, EnergyUse> used = new TreeMap<>(BY_USE);
    private Optional<BillingSheet> open = Optional.empty();
    private LocalDate latestDay = LocalDate.MIN;
    private List<Member> latestMembers = List.of();

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
        Comparator<String> byMember = new MemberOrder(latestMembers);
        return saleLines()
                .sorted(
                        Comparator.comparing(Sale::period)
                                .thenComparing(Sale::seller, byMember)
                                .thenComparing(Sale::buyer, byMember))
                .toList();
    }

    /// Every line of fees: by period, then member, in the order of [#sales()], then price line.
    public List<Fee> fees() {
        return feeLines()
                .sorted(
                        Comparator.comparing(Fee::period)
                                .thenComparing(Fee::member, new MemberOrder(latestMembers)))
                .toList();
    }

    /// Every period of every member whom the terms of one of its days list: by period, then member,
    /// in the order of [#sales()].
    public List<MemberPeriod> members() {
        post();
        SortedMap<MemberKey, MemberTally> tallies = new TreeMap<>();
        used.forEach((line, use) ->
                tally(tallies, line.period(), line.member()).addUse(line.prices(), use));
        saleLines()
                .forEach(sale -> {
                    tally(tallies, sale.period(), sale.buyer()).addPurchase(sale);
                    if (!sale.seller().equals(COMMUNITY)) {
                        tally(tallies, sale.period(), sale.seller()).addSale(sale);
                    }
                });
        feeLines().forEach(fee -> tally(tallies, fee.period(), fee.member()).addFee(fee));
        return tallies.values().stream()
                .map(MemberTally::result)
                .sorted(
                        Comparator.comparing(MemberPeriod::period)
                                .thenComparing(
                                        MemberPeriod::member, new MemberOrder(latestMembers)))
                .toList();
    }

    /// What the accounts that are no member's are owed, by period: with the balances of
    /// [#members()] it adds up to 0 in each (EN-44).
    public List<PeriodAccounts> accounts() {
        post();
        SortedMap<String, PeriodAccounts> accounts = new TreeMap<>();
        for (UseKey line : used.keySet()) {
            accounts.putIfAbsent(
                    line.period(), new PeriodAccounts(line.period(), Money.ZERO, Money.ZERO));
        }
        saleLines()
                .filter(sale -> sale.seller().equals(COMMUNITY))
                .forEach(sale -> credit(accounts, sale.period(), sale.total(), Money.ZERO));
        feeLines()
                .forEach(fee ->
                        credit(accounts, fee.period(), fee.communityFee(), fee.networkFee()));
        return List.copyOf(accounts.values());
    }

    private Stream<Sale> saleLines() {
        post();
        return sold.entrySet().stream().map(line -> sale(line.getKey(), line.getValue()));
    }

    private Stream<Fee> feeLines() {
        post();
        SortedMap<UseKey, Energy> bought = new TreeMap<>(BY_USE);
        sold.forEach((line, energy) ->
                bought.merge(
                        new UseKey(line.period(), line.buyer(), line.prices()),
                        energy,
                        Energy::plus));
        return bought.entrySet().stream().map(line -> fee(line.getKey(), line.getValue()));
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
            for (int seller = 0; seller <= members.size(); seller++) {
                long mWh = sheet.tradedMwh(seller, buyer);
                if (seller != buyer && mWh > 0) {
                    sold.merge(saleKey(sheet, seller, buyer), new Energy(mWh), Energy::plus);
                }
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

    private static MemberTally tally(
            SortedMap<MemberKey, MemberTally> tallies, String period, String member) {
        return tallies.computeIfAbsent(
                new MemberKey(period, member), key -> new MemberTally(period, member));
    }

    private static void credit(
            SortedMap<String, PeriodAccounts> accounts,
            String period,
            Money community,
            Money networkOperator) {
        accounts.merge(
                period,
                new PeriodAccounts(period, community, networkOperator),
                (before, more) ->
                        new PeriodAccounts(
                                period,
                                before.community().plus(more.community()),
                                before.networkOperator().plus(more.networkOperator())));
    }

    private record SaleKey(
            String period,
            String seller,
            String buyer,
            PriceLine prices,
            Price price,
            Share vatRate) {}

    private record UseKey(String period, String member, PriceLine prices) {}

    private record MemberKey(String period, String member) implements Comparable<MemberKey> {
        @Override
        public int compareTo(MemberKey other) {
            int byPeriod = period.compareTo(other.period);
            return byPeriod != 0 ? byPeriod : member.compareTo(other.member);
        }
    }
}
