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
import mitoyen.node.readings.ImportedDay;
import mitoyen.node.readings.LocalDay;

/// The first thing in which readings differ from those a day was settled with.
///
/// @param date the day
/// @param what where, what it was and what it is now
public record DayDifference(LocalDate date, String what) {
    /// The first difference, or nothing where the day was settled with the same readings.
    ///
    /// @param settled the day as it was settled
    /// @param span the local day of the import
    /// @param imported its readings, placed by the roster of the settled day
    /// @param joined the meters that take part by the new terms
    public static Optional<DayDifference> find(
            SettledDay settled, LocalDay span, ImportedDay imported, Roster joined) {
        return find(settled, span)
                .or(() -> findUnplaced(imported, joined))
                .or(() -> findIntervals(settled, imported.readings()))
                .or(() -> findValue(settled, imported.readings()))
                .map(what -> new DayDifference(settled.date(), what));
    }

    @Override
    public String toString() {
        return date + ": " + what;
    }

    private static Optional<String> find(SettledDay settled, LocalDay span) {
        if (settled.startMillis() == span.startMillis()
                && settled.endMillis() == span.endMillis()) {
            return Optional.empty();
        }
        return Optional.of(
                "it was settled from %s to %s and now runs from %s to %s"
                        .formatted(
                                Instant.ofEpochMilli(settled.startMillis()),
                                Instant.ofEpochMilli(settled.endMillis()),
                                Instant.ofEpochMilli(span.startMillis()),
                                Instant.ofEpochMilli(span.endMillis())));
    }

    private static Optional<String> findUnplaced(ImportedDay imported, Roster joined) {
        SortedSet<String> meters = new TreeSet<>(imported.unplaced());
        SortedSet<String> places = new TreeSet<>();
        joined.places().forEach(place -> places.add(place.meter()));
        meters.retainAll(places);
        return meters.isEmpty()
                ? Optional.empty()
                : Optional.of("meter " + meters.first() + " took no part when it was settled");
    }

    private static Optional<String> findIntervals(SettledDay settled, DayReadings now) {
        int was = settled.readings().intervals();
        return was == now.intervals()
                ? Optional.empty()
                : Optional.of(
                        "it was settled in %d intervals and now has %d"
                                .formatted(was, now.intervals()));
    }

    private static Optional<String> findValue(SettledDay settled, DayReadings now) {
        DayReadings was = settled.readings();
        return first(settled, "consumption", was.consumption(), now.consumption())
                .or(() -> first(settled, "production", was.production(), now.production()))
                .or(() ->
                        first(
                                settled,
                                "allocation",
                                split(was, DayAllocation::allocated),
                                split(now, DayAllocation::allocated)))
                .or(() ->
                        first(
                                settled,
                                "sale",
                                split(was, DayAllocation::sold),
                                split(now, DayAllocation::sold)));
    }

    private static long[] split(
            DayReadings readings, java.util.function.Function<DayAllocation, long[]> part) {
        return readings.operatorSplit().map(part).orElse(new long[0]);
    }

    private static Optional<String> first(
            SettledDay settled, String quantity, long[] was, long[] now) {
        int at = Arrays.mismatch(was, now);
        if (at < 0) {
            return Optional.empty();
        }
        if (was.length != now.length) {
            return Optional.of("it was settled by another kind of sharing key");
        }
        Roster roster = settled.roster();
        return Optional.of(
                "the %s of meter %s at %s was %s kWh and is now %s kWh"
                        .formatted(
                                quantity,
                                roster.places().get(at % roster.meterCount()).meter(),
                                Instant.ofEpochMilli(settled.startMillis(at / roster.meterCount())),
                                new Energy(was[at]),
                                new Energy(now[at])));
    }
}
