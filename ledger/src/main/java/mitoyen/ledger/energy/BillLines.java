package mitoyen.ledger.energy;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitoyen.ledger.quantity.Money;

/// Everything that bills say, worked out once from their lines: it is asked for by claims, tables
/// and statements alike, and a street's year has twenty thousand sales.
final class BillLines {
    private final Ranks periods;
    private final Ranks members;
    private final List<Sale> sales;
    private final List<Fee> fees;
    private final List<MemberPeriod> memberPeriods;
    private final List<PeriodAccounts> accounts;

    /// @param latest the members whose order the lines take
    /// @param uses what members used, a line for each period, member and price line
    /// @param sales by period, seller, buyer and price line
    /// @param fees by period, member and price line
    BillLines(List<Member> latest, Collection<Use> uses, List<Sale> sales, List<Fee> fees) {
        this.periods = new Ranks(uses.stream().map(Use::period).distinct().sorted());
        this.members =
                new Ranks(
                        Stream.concat(uses.stream().map(Use::member), Stream.of(Bills.COMMUNITY))
                                .distinct()
                                .sorted(new MemberOrder(latest)));
        this.sales =
                sorted(
                        sales.stream()
                                .map(sale ->
                                        new Ranked<>(
                                                place(sale.period(), sale.seller()),
                                                members.of(sale.buyer()),
                                                sale)));
        this.fees =
                sorted(
                        fees.stream()
                                .map(fee ->
                                        new Ranked<>(place(fee.period(), fee.member()), 0, fee)));
        this.memberPeriods = memberPeriods(uses);
        this.accounts = accounts(uses);
    }

    /// By period, seller, buyer and price line.
    List<Sale> sales() {
        return sales;
    }

    /// By period, member and price line.
    List<Fee> fees() {
        return fees;
    }

    /// By period and member.
    List<MemberPeriod> members() {
        return memberPeriods;
    }

    /// By period.
    List<PeriodAccounts> accounts() {
        return accounts;
    }

    private List<MemberPeriod> memberPeriods(Collection<Use> uses) {
        SortedMap<Long, MemberTally> tallies = new TreeMap<>();
        uses.forEach(use ->
                tally(tallies, use.period(), use.member()).addUse(use.prices(), use.energy()));
        for (Sale sale : sales) {
            tally(tallies, sale.period(), sale.buyer()).addPurchase(sale);
            if (!sale.seller().equals(Bills.COMMUNITY)) {
                tally(tallies, sale.period(), sale.seller()).addSale(sale);
            }
        }
        fees.forEach(fee -> tally(tallies, fee.period(), fee.member()).addFee(fee));
        return tallies.values().stream().map(MemberTally::result).toList();
    }

    private MemberTally tally(SortedMap<Long, MemberTally> tallies, String period, String member) {
        return tallies.computeIfAbsent(place(period, member), _ -> new MemberTally(period, member));
    }

    private List<PeriodAccounts> accounts(Collection<Use> uses) {
        SortedMap<String, PeriodAccounts> credits = new TreeMap<>();
        uses.forEach(use -> credit(credits, use.period(), Money.ZERO, Money.ZERO));
        sales.stream()
                .filter(sale -> sale.seller().equals(Bills.COMMUNITY))
                .forEach(sale -> credit(credits, sale.period(), sale.total(), Money.ZERO));
        fees.forEach(fee -> credit(credits, fee.period(), fee.communityFee(), fee.networkFee()));
        return List.copyOf(credits.values());
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

    /// One number for a period and a member, in the order of both.
    private long place(String period, String member) {
        return (long) periods.of(period) << Integer.SIZE | members.of(member);
    }

    /// Lines of one place keep the order in which they come.
    private static <T> List<T> sorted(Stream<Ranked<T>> lines) {
        return lines.sorted().map(Ranked::line).toList();
    }

    /// What a member used in a period at one price line.
    record Use(String period, String member, PriceLine prices, EnergyUse energy) {}

    private record Ranked<T>(long place, int buyer, T line) implements Comparable<Ranked<T>> {
        @Override
        public int compareTo(Ranked<T> other) {
            int byPlace = Long.compare(place, other.place);
            return byPlace != 0 ? byPlace : Integer.compare(buyer, other.buyer);
        }
    }

    /// The place of each of some names in their order.
    private static final class Ranks {
        private final SortedMap<String, Integer> ranks = new TreeMap<>();

        /// @param names in order
        Ranks(Stream<String> names) {
            List<String> ordered = names.toList();
            IntStream.range(0, ordered.size()).forEach(rank -> ranks.put(ordered.get(rank), rank));
        }

        int of(String name) {
            Integer rank = ranks.get(name);
            if (rank == null) {
                throw new IllegalStateException(name + " is on a line and used nothing");
            }
            return rank;
        }
    }
}
