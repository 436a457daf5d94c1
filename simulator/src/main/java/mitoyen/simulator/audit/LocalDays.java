package mitoyen.simulator.audit;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.energy.LocalDayTable;
import mitoyen.ledger.energy.LocalDayTable.Change;

/// Local days of a pinned zone (LE-154), found by looking at the clock at every instant at which a
/// day could begin.
record LocalDays(LocalDayTable table) {
    private static final long SECOND_MILLIS = 1_000;
    private static final long DAY_MILLIS = 86_400_000;

    /// Whether a span lies between the first instant of a day and the first of the next.
    boolean hold(LocalDate day, BigInteger startMillis, BigInteger endMillis) {
        BigInteger first = BigInteger.valueOf(first(day.toEpochDay()));
        BigInteger next = BigInteger.valueOf(first(day.toEpochDay() + 1));
        return startMillis.compareTo(first) >= 0 && endMillis.compareTo(next) <= 0;
    }

    /// The first instant at which the calendar shows a day or, where that day is left out, a later
    /// one [ms since 1970]: it is midnight under one of the offsets, or clocks are set then.
    private long first(long epochDay) {
        long midnight = epochDay * DAY_MILLIS;
        SortedSet<Long> instants = new TreeSet<>();
        instants.add(midnight - table.offsetSeconds() * SECOND_MILLIS);
        for (Change change : table.changes()) {
            instants.add(change.millis());
            instants.add(midnight - change.offsetSeconds() * SECOND_MILLIS);
        }
        return instants.stream()
                .filter(instant -> shownAt(instant) >= epochDay)
                .findFirst()
                .orElseThrow();
    }

    /// The day that the calendar shows at an instant.
    private long shownAt(long millis) {
        long offset = table.offsetSeconds();
        for (Change change : table.changes()) {
            offset = change.millis() <= millis ? change.offsetSeconds() : offset;
        }
        return Math.floorDiv(millis + offset * SECOND_MILLIS, DAY_MILLIS);
    }
}
