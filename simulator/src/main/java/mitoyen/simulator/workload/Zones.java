package mitoyen.simulator.workload;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.energy.LocalDayTable;
import mitoyen.ledger.energy.LocalDayTable.Change;
import mitoyen.simulator.model.Chance;

/// Zones that ledgers pin (LE-154): one whose clocks change as in France, and one that does all
/// that a zone ever did. They are reckoned here, so that no machine's table of zones changes a run.
final class Zones {
    private static final int HOUR = 3_600;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long HOUR_MILLIS = HOUR * 1_000L;
    private static final int FIRST_YEAR = 2025;
    private static final int LAST_YEAR = 2027;

    private static final LocalDayTable FRANCE = new LocalDayTable("Europe/Paris", HOUR, french());
    private static final LocalDayTable ODD = new LocalDayTable("Odd/Island", -11 * HOUR, odd());

    private Zones() {}

    /// A zone that a ledger pins, or none.
    static Optional<LocalDayTable> any(Chance chance) {
        return chance.oneOf(
                List.of(Optional.<LocalDayTable>empty(), Optional.of(FRANCE), Optional.of(ODD)));
    }

    /// One hour more from the last Sunday in March until that in October, at one o'clock in UTC.
    private static List<Change> french() {
        List<Change> changes = new ArrayList<>();
        for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
            changes.add(new Change(lastSunday(year, Month.MARCH) + HOUR_MILLIS, 2 * HOUR));
            changes.add(new Change(lastSunday(year, Month.OCTOBER) + HOUR_MILLIS, HOUR));
        }
        return changes;
    }

    private static long lastSunday(int year, Month month) {
        return LocalDate.of(year, month, 1)
                        .with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY))
                        .toEpochDay()
                * DAY_MILLIS;
    }

    /// Clocks are put over midnight in both directions, by half an hour and by whole hours, at
    /// midnight itself, twice in a day, and over a whole day, which is left out and lived again.
    private static List<Change> odd() {
        return List.of(
                local(LocalDate.of(2026, 2, 1), 0, -11 * HOUR, -10 * HOUR),
                local(LocalDate.of(2026, 3, 1), HOUR / 2, -10 * HOUR, -11 * HOUR),
                local(LocalDate.of(2026, 4, 1), 0, -11 * HOUR, -12 * HOUR),
                local(LocalDate.of(2026, 5, 1), 0, -12 * HOUR, 12 * HOUR),
                local(LocalDate.of(2026, 6, 1), -HOUR / 2, 12 * HOUR, 13 * HOUR),
                local(LocalDate.of(2026, 7, 1), 9 * HOUR, 13 * HOUR, 27 * HOUR / 2),
                local(LocalDate.of(2026, 7, 1), 20 * HOUR, 27 * HOUR / 2, 13 * HOUR),
                local(LocalDate.of(2026, 9, 1), 0, 13 * HOUR, -11 * HOUR));
    }

    /// A change at so many seconds after local midnight of a day, by the clock as it was.
    private static Change local(LocalDate day, int seconds, int before, int after) {
        long millis = day.toEpochDay() * DAY_MILLIS + (seconds - before) * 1_000L;
        return new Change(millis, after);
    }
}
