package mitoyen.node.settlement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.quantity.Energy;
import mitoyen.node.books.SettledDay;
import mitoyen.node.input.Phrase;
import mitoyen.node.input.Term;
import mitoyen.node.readings.ImportedDay;
import mitoyen.node.readings.LocalDay;

/// The first thing in which readings differ from those a day was settled with.
///
/// @param date the day
/// @param what the day, where it differs, what it was and what it is now
public record DayDifference(LocalDate date, Phrase what) {
    /// The first difference, or nothing where the day was settled with the same readings.
    ///
    /// @param settled the day as it was settled
    /// @param span the local day of the import
    /// @param imported its readings, placed by the roster of the settled day
    /// @param joined the meters that take part by the new terms
    public static Optional<DayDifference> find(
            SettledDay settled, LocalDay span, ImportedDay imported, Roster joined) {
        return find(settled, span)
                .or(() -> findUnplaced(settled, imported, joined))
                .or(() -> findIntervals(settled, imported.readings()))
                .or(() -> findValue(settled, imported.readings()))
                .map(what -> new DayDifference(settled.date(), what));
    }

    private static Optional<Phrase> find(SettledDay settled, LocalDay span) {
        if (settled.startMillis() == span.startMillis()
                && settled.endMillis() == span.endMillis()) {
            return Optional.empty();
        }
        return Optional.of(
                new Phrase(
                        Term.OTHER_SPAN,
                        settled.date(),
                        Instant.ofEpochMilli(settled.startMillis()),
                        Instant.ofEpochMilli(settled.endMillis()),
                        Instant.ofEpochMilli(span.startMillis()),
                        Instant.ofEpochMilli(span.endMillis())));
    }

    private static Optional<Phrase> findUnplaced(
            SettledDay settled, ImportedDay imported, Roster joined) {
        SortedSet<String> meters = new TreeSet<>(imported.unplaced());
        SortedSet<String> places = new TreeSet<>();
        joined.places().forEach(place -> places.add(place.meter()));
        meters.retainAll(places);
        return meters.isEmpty()
                ? Optional.empty()
                : Optional.of(new Phrase(Term.OTHER_METER, settled.date(), meters.first()));
    }

    private static Optional<Phrase> findIntervals(SettledDay settled, DayReadings now) {
        int was = settled.readings().intervals();
        return was == now.intervals()
                ? Optional.empty()
                : Optional.of(
                        new Phrase(Term.OTHER_INTERVALS, settled.date(), was, now.intervals()));
    }

    private static Optional<Phrase> findValue(SettledDay settled, DayReadings now) {
        DayReadings was = settled.readings();
        return first(settled, Term.CONSUMPTION, was.consumption(), now.consumption())
                .or(() -> first(settled, Term.PRODUCTION, was.production(), now.production()))
                .or(() ->
                        first(
                                settled,
                                Term.ALLOCATION,
                                split(was, DayAllocation::allocated),
                                split(now, DayAllocation::allocated)))
                .or(() ->
                        first(
                                settled,
                                Term.SALE,
                                split(was, DayAllocation::sold),
                                split(now, DayAllocation::sold)));
    }

    private static long[] split(
            DayReadings readings, java.util.function.Function<DayAllocation, long[]> part) {
        return readings.operatorSplit().map(part).orElse(new long[0]);
    }

    private static Optional<Phrase> first(
            SettledDay settled, Term quantity, long[] was, long[] now) {
        int at = Arrays.mismatch(was, now);
        if (at < 0) {
            return Optional.empty();
        }
        if (was.length != now.length) {
            return Optional.of(new Phrase(Term.OTHER_SHARING, settled.date()));
        }
        Roster roster = settled.roster();
        return Optional.of(
                new Phrase(
                        Term.OTHER_VALUE,
                        settled.date(),
                        quantity,
                        roster.places().get(at % roster.meterCount()).meter(),
                        Instant.ofEpochMilli(settled.startMillis(at / roster.meterCount())),
                        new Energy(was[at]),
                        new Energy(now[at])));
    }
}
