package mitoyen.node.books;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.energy.Bills;
import mitoyen.ledger.energy.Terms;
import mitoyen.node.community.Community;
import mitoyen.node.community.MemberDetails;

/// Everything a folder ever settled, added up: the bills, the energy and the span of time.
///
/// Days are added in date order, each once, in its latest revision.
public final class Books {
    private final Bills bills = new Bills();
    private Optional<SettledDay> first = Optional.empty();
    private Optional<SettledDay> last = Optional.empty();
    private EnergyTotals totals = EnergyTotals.ZERO;
    private long intervals;
    private long missing;
    private long outside;
    private final SortedMap<String, Period> periods = new TreeMap<>();

    /// Adds a day.
    ///
    /// @throws ArithmeticException if a sum exceeds a `long`
    public void add(SettledDay day) {
        day.addTo(bills);
        totals = totals.plus(EnergyTotals.of(day));
        intervals = Math.addExact(intervals, day.readings().intervals());
        missing = Math.addExact(missing, day.missing());
        outside = Math.addExact(outside, day.outside());
        first = first.or(() -> Optional.of(day));
        last = Optional.of(day);
        periods.computeIfAbsent(day.terms().billing().of(day.date()), _ -> new Period(day.terms()))
                .add(day.community());
    }

    /// The bills of all days.
    public Bills bills() {
        return bills;
    }

    /// The community as its latest day knew it.
    public Optional<Community> findCommunity() {
        return last.map(SettledDay::community);
    }

    /// The terms of the last day of a billing period.
    ///
    /// @throws IllegalArgumentException if no day of the period was added
    public Terms termsIn(String period) {
        return in(period).terms;
    }

    /// Names and notes by member id, of everyone who was a member in a billing period: a statement
    /// keeps those of its time.
    ///
    /// @throws IllegalArgumentException if no day of the period was added
    public SortedMap<String, MemberDetails> detailsIn(String period) {
        return Collections.unmodifiableSortedMap(in(period).details);
    }

    /// Names and notes by member id, of everyone who ever was a member, as last known.
    public SortedMap<String, MemberDetails> details() {
        SortedMap<String, MemberDetails> details = new TreeMap<>();
        periods.values().forEach(period -> details.putAll(period.details));
        return Collections.unmodifiableSortedMap(details);
    }

    /// The start of the first interval [ms since 1970]; empty before the first day.
    public Optional<Long> findStartMillis() {
        return first.map(SettledDay::startMillis);
    }

    /// The end of the last interval [ms since 1970]; empty before the first day.
    public Optional<Long> findEndMillis() {
        return last.map(SettledDay::endMillis);
    }

    /// The energy of all days.
    public EnergyTotals totals() {
        return totals;
    }

    /// How many intervals were settled.
    public long intervals() {
        return intervals;
    }

    /// How many readings were missing and taken as 0.
    public long missing() {
        return missing;
    }

    /// How many readings were left out, their meter being outside its days.
    public long outside() {
        return outside;
    }

    private Period in(String period) {
        Period found = periods.get(period);
        if (found == null) {
            throw new IllegalArgumentException("nothing was settled in " + period);
        }
        return found;
    }

    /// Who took part in a billing period, and on what terms at its end.
    private static final class Period {
        private final SortedMap<String, MemberDetails> details = new TreeMap<>();
        private Terms terms;

        private Period(Terms terms) {
            this.terms = terms;
        }

        private void add(Community community) {
            terms = community.terms();
            details.putAll(community.details());
        }
    }
}
