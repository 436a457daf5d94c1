package mitoyen.ledger.energy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.quantity.Price;

/// The bills of some days, worked out once more straight from the words of the issue, as text: a
/// line is `period seller buyer kwh price amount rate vat`.
final class NaiveBills {
    final List<String> sales = new ArrayList<>();
    final List<String> fees = new ArrayList<>();

    /// `period member consumption allocated production sold paid earned fees saved gained balance`.
    final List<String> members = new ArrayList<>();

    /// `period community networkOperator`.
    final List<String> accounts = new ArrayList<>();

    private final List<NaiveDay> days;

    NaiveBills(List<NaiveDay> days) {
        this.days = days;
        SortedSet<String> periods = new TreeSet<>();
        days.forEach(day -> periods.add(period(day)));
        periods.forEach(this::bill);
    }

    private void bill(String period) {
        List<NaiveDay> inPeriod = days.stream().filter(d -> period(d).equals(period)).toList();
        List<String> names = names(inPeriod);
        SortedMap<String, BigDecimal> money = new TreeMap<>();
        for (String seller : names) {
            for (String buyer : names) {
                if (!seller.equals(buyer)) {
                    sell(period, inPeriod, seller, buyer, money);
                }
            }
        }
        for (String member : names) {
            if (!member.equals("community")) {
                fees(period, inPeriod, member, money);
            }
        }
        for (String member : names) {
            if (!member.equals("community")) {
                member(period, inPeriod, member, money);
            }
        }
        accounts.add(
                period
                        + " "
                        + cents(get(money, "earned community").add(get(money, "communityFee")))
                        + " "
                        + cents(get(money, "networkFee")));
    }

    private void sell(
            String period,
            List<NaiveDay> inPeriod,
            String seller,
            String buyer,
            SortedMap<String, BigDecimal> money) {
        for (String terms : distinct(inPeriod.stream().map(d -> termsOfSale(d, seller)).toList())) {
            BigInteger mWh = BigInteger.ZERO;
            for (NaiveDay day : inPeriod) {
                if (termsOfSale(day, seller).equals(terms)) {
                    mWh = mWh.add(traded(day, seller, buyer));
                }
            }
            if (mWh.signum() > 0) {
                String[] priceAndRate = terms.substring(terms.indexOf('@') + 1).split("@", -1);
                BigDecimal amount = round(kwh(mWh).multiply(new BigDecimal(priceAndRate[0])));
                BigDecimal vat = round(amount.multiply(new BigDecimal(priceAndRate[1])));
                sales.add(
                        String.join(
                                " ",
                                period,
                                seller,
                                buyer,
                                kwh(mWh).toPlainString(),
                                priceAndRate[0],
                                cents(amount),
                                priceAndRate[1],
                                cents(vat)));
                add(money, "earned " + seller, amount.add(vat));
                add(money, "earnedNet " + seller, amount);
                add(money, "paid " + buyer, amount.add(vat));
                add(money, "paidNet " + buyer, amount);
            }
        }
    }

    private void fees(
            String period,
            List<NaiveDay> inPeriod,
            String member,
            SortedMap<String, BigDecimal> money) {
        for (String line : distinct(inPeriod.stream().map(NaiveBills::line).toList())) {
            BigInteger mWh = BigInteger.ZERO;
            PriceLine prices = inPeriod.getFirst().terms.prices().getFirst();
            for (NaiveDay day : inPeriod) {
                if (line(day).equals(line)) {
                    prices = prices(day);
                    for (String seller : names(inPeriod)) {
                        if (!seller.equals(member)) {
                            mWh = mWh.add(traded(day, seller, member));
                        }
                    }
                }
            }
            if (mWh.signum() > 0) {
                BigDecimal community = round(kwh(mWh).multiply(decimal(prices.communityFee())));
                BigDecimal network = round(kwh(mWh).multiply(decimal(prices.networkFee())));
                fees.add(
                        String.join(
                                " ",
                                period,
                                member,
                                kwh(mWh).toPlainString(),
                                cents(community),
                                cents(network)));
                add(money, "fees " + member, community.add(network));
                add(money, "communityFee", community);
                add(money, "networkFee", network);
            }
        }
    }

    private void member(
            String period,
            List<NaiveDay> inPeriod,
            String member,
            SortedMap<String, BigDecimal> money) {
        BigInteger[] energy = energy(inPeriod, member, "");
        BigDecimal supplier = BigDecimal.ZERO;
        BigDecimal feedIn = BigDecimal.ZERO;
        for (String line : distinct(inPeriod.stream().map(NaiveBills::line).toList())) {
            PriceLine prices =
                    inPeriod.stream()
                            .filter(d -> line(d).equals(line))
                            .map(NaiveBills::prices)
                            .toList()
                            .getFirst();
            BigInteger[] under = energy(inPeriod, member, line);
            supplier = supplier.add(round(kwh(under[1]).multiply(decimal(prices.supplier()))));
            feedIn = feedIn.add(round(kwh(under[3]).multiply(decimal(prices.feedIn()))));
        }
        BigDecimal paid = get(money, "paid " + member);
        BigDecimal earned = get(money, "earned " + member);
        BigDecimal fees = get(money, "fees " + member);
        BigDecimal saved = supplier.subtract(get(money, "paidNet " + member)).subtract(fees);
        BigDecimal gained = get(money, "earnedNet " + member).subtract(feedIn);
        members.add(
                String.join(
                        " ",
                        period,
                        member,
                        kwh(energy[0]).toPlainString(),
                        kwh(energy[1]).toPlainString(),
                        kwh(energy[2]).toPlainString(),
                        kwh(energy[3]).toPlainString(),
                        cents(paid),
                        cents(earned),
                        cents(fees),
                        cents(saved),
                        cents(gained),
                        cents(earned.subtract(paid).subtract(fees))));
    }

    /// Consumption, allocated, production, sold, of the days under a price line; all if it is
    /// empty.
    private static BigInteger[] energy(List<NaiveDay> inPeriod, String member, String line) {
        BigInteger[] totals = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
        for (NaiveDay day : inPeriod) {
            int index = index(day, member);
            if (index >= 0 && (line.isEmpty() || line(day).equals(line))) {
                totals[0] = totals[0].add(day.total(day.consumption, index));
                totals[1] = totals[1].add(day.total(day.allocated, index));
                totals[2] = totals[2].add(day.total(day.production, index));
                totals[3] = totals[3].add(day.total(day.sold, index));
            }
        }
        return totals;
    }

    private static BigInteger traded(NaiveDay day, String seller, String buyer) {
        int buyerIndex = index(day, buyer);
        int sellerIndex =
                seller.equals("community") ? day.terms.members().size() : index(day, seller);
        return buyerIndex < 0 || sellerIndex < 0
                ? BigInteger.ZERO
                : day.trades[sellerIndex][buyerIndex];
    }

    /// `line@price@rate` of a seller on a day, or empty where he is no member.
    private static String termsOfSale(NaiveDay day, String seller) {
        if (seller.equals("community")) {
            return line(day) + "@" + prices(day).local() + "@0.000000";
        }
        int index = index(day, seller);
        if (index < 0) {
            return "";
        }
        Member member = day.terms.members().get(index);
        Price price = member.price().isPresent() ? member.price().get() : prices(day).local();
        String rate = member.vat().isPresent() ? member.vat().get().toString() : "none";
        return line(day) + "@" + price + "@" + rate;
    }

    private static PriceLine prices(NaiveDay day) {
        PriceLine last = day.terms.prices().getFirst();
        for (PriceLine line : day.terms.prices()) {
            if (!line.from().isAfter(day.day)) {
                last = line;
            }
        }
        return last;
    }

    private static String line(NaiveDay day) {
        return prices(day).toString();
    }

    /// As the latest day lists them, then who left by id, then the community's account.
    private List<String> names(List<NaiveDay> inPeriod) {
        NaiveDay latest = days.getFirst();
        for (NaiveDay day : days) {
            latest = day.day.isBefore(latest.day) ? latest : day;
        }
        SortedSet<String> present = new TreeSet<>();
        inPeriod.forEach(day -> day.terms.members().forEach(member -> present.add(member.id())));
        List<String> names = new ArrayList<>();
        for (Member member : latest.terms.members()) {
            if (present.remove(member.id())) {
                names.add(member.id());
            }
        }
        names.addAll(present);
        names.add("community");
        return names;
    }

    private static int index(NaiveDay day, String member) {
        return day.terms.members().stream().map(Member::id).toList().indexOf(member);
    }

    private static String period(NaiveDay day) {
        String date = day.day.toString();
        return day.terms.billing() == BillingPeriod.MONTH ? date.substring(0, 7) : date;
    }

    private static SortedSet<String> distinct(List<String> texts) {
        return new TreeSet<>(texts);
    }

    private static BigDecimal kwh(BigInteger mWh) {
        return new BigDecimal(mWh, 6);
    }

    private static BigDecimal decimal(Price price) {
        return new BigDecimal(price.toString());
    }

    private static BigDecimal round(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }

    private static String cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.UNNECESSARY).toPlainString();
    }

    private static void add(SortedMap<String, BigDecimal> money, String key, BigDecimal amount) {
        money.merge(key, amount, BigDecimal::add);
    }

    private static BigDecimal get(SortedMap<String, BigDecimal> money, String key) {
        return money.getOrDefault(key, BigDecimal.ZERO);
    }
}
