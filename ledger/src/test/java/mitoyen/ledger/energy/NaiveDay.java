package mitoyen.ledger.energy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.quantity.Share;

/// A settled day, worked out once more straight from the words of the issue: by sorting, in numbers
/// without a limit, sharing nothing with the program but its input.
final class NaiveDay {
    final LocalDate day;
    final Terms terms;
    final List<BigInteger> consumption;
    final List<BigInteger> production;
    final List<BigInteger> allocated = new ArrayList<>();
    final List<BigInteger> sold = new ArrayList<>();

    /// By seller, the community's account last, then buyer.
    final BigInteger[][] trades;

    private final Roster roster;

    NaiveDay(LocalDate day, Terms terms, Roster roster, DayReadings readings) {
        this.day = day;
        this.terms = terms;
        this.roster = roster;
        consumption = big(readings.consumption());
        production = big(readings.production());
        trades = new BigInteger[terms.members().size() + 1][];
        for (int seller = 0; seller < trades.length; seller++) {
            trades[seller] = zeros(terms.members().size()).toArray(BigInteger[]::new);
        }
        for (int i = 0; i < readings.intervals(); i++) {
            List<BigInteger> c = interval(consumption, i);
            List<BigInteger> p = interval(production, i);
            List<BigInteger> a = allocate(c, p, readings, i);
            List<BigInteger> s = sell(a, p, readings, i);
            allocated.addAll(a);
            sold.addAll(s);
            trade(byMember(a), byMember(s));
        }
    }

    /// Floor each, then one unit each to the largest remainders, ties to the earlier.
    static List<BigInteger> deal(BigInteger total, List<BigInteger> weights) {
        BigInteger sum = sum(weights);
        List<BigInteger> parts = zeros(weights.size());
        if (sum.signum() == 0) {
            return parts;
        }
        List<Integer> byRemainder = new ArrayList<>();
        List<BigInteger> remainders = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            BigInteger[] division = total.multiply(weights.get(i)).divideAndRemainder(sum);
            parts.set(i, division[0]);
            remainders.add(division[1]);
            byRemainder.add(i);
        }
        byRemainder.sort((x, y) -> remainders.get(y).compareTo(remainders.get(x)));
        int missing = total.subtract(sum(parts)).intValueExact();
        for (int i : byRemainder.subList(0, missing)) {
            parts.set(i, parts.get(i).add(BigInteger.ONE));
        }
        return parts;
    }

    static BigInteger sum(List<BigInteger> values) {
        return values.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    /// What a member's meters add up to over the day.
    BigInteger total(List<BigInteger> values, int member) {
        BigInteger total = BigInteger.ZERO;
        for (int i = 0; i < values.size(); i++) {
            if (roster.ownerOf(i % roster.meterCount()) == member) {
                total = total.add(values.get(i));
            }
        }
        return total;
    }

    private List<BigInteger> allocate(
            List<BigInteger> c, List<BigInteger> p, DayReadings readings, int interval) {
        if (terms.key() instanceof SharingKey.FromOperator) {
            return interval(big(readings.operatorSplit().orElseThrow().allocated()), interval);
        }
        if (terms.key() instanceof SharingKey.Static fixed) {
            List<BigInteger> parts = new ArrayList<>();
            for (int m = 0; m < c.size(); m++) {
                String meter = roster.places().get(m).meter();
                Share share = fixed.coefficients().getOrDefault(meter, Share.ZERO);
                BigDecimal offered =
                        new BigDecimal(sum(p)).multiply(new BigDecimal(share.toString()));
                parts.add(c.get(m).min(offered.setScale(0, RoundingMode.FLOOR).toBigInteger()));
            }
            return parts;
        }
        if (isAtDso()) {
            List<BigInteger> parts = new ArrayList<>();
            for (BigInteger consumed : c) {
                parts.add(consumed.min(halfUp(sum(p).multiply(consumed), sum(c))));
            }
            return parts;
        }
        return deal(sum(c).min(sum(p)), c);
    }

    private List<BigInteger> sell(
            List<BigInteger> a, List<BigInteger> p, DayReadings readings, int interval) {
        if (terms.key() instanceof SharingKey.FromOperator) {
            return interval(big(readings.operatorSplit().orElseThrow().sold()), interval);
        }
        if (isAtDso()) {
            List<BigInteger> parts = new ArrayList<>();
            for (BigInteger produced : p) {
                BigInteger left = sum(p).subtract(sum(a));
                BigInteger surplus = halfUp(left.multiply(produced), sum(p)).max(BigInteger.ZERO);
                parts.add(produced.subtract(surplus));
            }
            return parts;
        }
        return deal(sum(a), p);
    }

    private void trade(List<BigInteger> received, List<BigInteger> soldBy) {
        int community = terms.members().size();
        if (sum(soldBy).signum() == 0) {
            for (int buyer = 0; buyer < community; buyer++) {
                trades[community][buyer] = trades[community][buyer].add(received.get(buyer));
            }
            return;
        }
        List<BigInteger> supplied = deal(sum(received), soldBy);
        List<BigInteger> open = new ArrayList<>(received);
        for (int seller = 0; seller < community; seller++) {
            List<BigInteger> parts = deal(supplied.get(seller), open);
            for (int buyer = 0; buyer < community; buyer++) {
                trades[seller][buyer] = trades[seller][buyer].add(parts.get(buyer));
                open.set(buyer, open.get(buyer).subtract(parts.get(buyer)));
            }
        }
    }

    private boolean isAtDso() {
        return terms.key().equals(new SharingKey.ProRata(SharingKey.Rounding.AT_DSO));
    }

    private List<BigInteger> byMember(List<BigInteger> values) {
        List<BigInteger> totals = zeros(terms.members().size());
        for (int m = 0; m < values.size(); m++) {
            int owner = roster.ownerOf(m);
            totals.set(owner, totals.get(owner).add(values.get(m)));
        }
        return totals;
    }

    private List<BigInteger> interval(List<BigInteger> values, int interval) {
        int meters = roster.meterCount();
        return values.subList(interval * meters, (interval + 1) * meters);
    }

    /// 0 where the divisor is 0.
    private static BigInteger halfUp(BigInteger product, BigInteger divisor) {
        return divisor.signum() == 0
                ? BigInteger.ZERO
                : new BigDecimal(product)
                        .divide(new BigDecimal(divisor), 0, RoundingMode.HALF_UP)
                        .toBigInteger();
    }

    private static List<BigInteger> big(long[] values) {
        List<BigInteger> list = new ArrayList<>();
        for (long value : values) {
            list.add(BigInteger.valueOf(value));
        }
        return list;
    }

    private static List<BigInteger> zeros(int count) {
        List<BigInteger> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(BigInteger.ZERO);
        }
        return list;
    }
}
