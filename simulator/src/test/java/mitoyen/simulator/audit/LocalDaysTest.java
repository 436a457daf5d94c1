package mitoyen.simulator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.energy.LocalDayTable;
import mitoyen.ledger.energy.LocalDayTable.Change;
import mitoyen.simulator.model.Chance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The auditor's days (LE-154) beside Java's own of a zone that is well known, and beside the
/// ledger's of zones that nobody has.
class LocalDaysTest {
    private static final int HOUR = 3_600;
    private static final long HOUR_MILLIS = HOUR * 1_000L;
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final long DAY_MILLIS = 86_400_000;

    /// Half past midnight back by an hour on the 2nd; the 4th left out; the 6th lived twice.
    private static final LocalDayTable ODD =
            new LocalDayTable(
                    "Odd/Island",
                    -11 * HOUR,
                    List.of(
                            change(2, HOUR / 2, -11 * HOUR, -12 * HOUR),
                            change(4, 0, -12 * HOUR, 12 * HOUR),
                            change(7, 0, 12 * HOUR, -12 * HOUR)));

    @ParameterizedTest
    @CsvSource({
        // day of January, hours of UTC since its midnight at which it begins, and the next
        "1, 11, 35",
        "2, 11, 36",
        "3, 12, 36",
        "4, 12, 12",
        "5, -12, 12",
        "6, -12, 36",
        "7, 12, 36",
        "8, 12, 36"
    })
    void aDayIsHeldFromItsFirstInstantToThatOfTheNext(int day, int fromHour, int toHour) {
        LocalDays days = new LocalDays(ODD);
        LocalDate date = FIRST.withDayOfMonth(day);
        long midnight = date.toEpochDay() * DAY_MILLIS;
        long start = midnight + fromHour * HOUR_MILLIS;
        long end = midnight + toHour * HOUR_MILLIS;
        assertThat(holds(days, date, start, end)).isTrue();
        assertThat(holds(days, date, start - 1, end)).isFalse();
        assertThat(holds(days, date, start, end + 1)).isFalse();
    }

    @Test
    void theDaysOfParisAreThoseThatJavaKnows() {
        ZoneId paris = ZoneId.of("Europe/Paris");
        List<Change> changes =
                paris.getRules().getTransitions().stream()
                        .filter(each -> each.getDateTimeBefore().getYear() >= 1970)
                        .map(each ->
                                new Change(
                                        each.toEpochSecond() * 1_000,
                                        each.getOffsetAfter().getTotalSeconds()))
                        .toList();
        assertThat(changes).hasSizeGreaterThan(20);
        LocalDays days = new LocalDays(new LocalDayTable("Europe/Paris", HOUR, changes));
        for (LocalDate day = LocalDate.of(1975, 1, 1);
                day.getYear() < 1995;
                day = day.plusDays(1)) {
            long start = day.atStartOfDay(paris).toInstant().toEpochMilli();
            long end = day.plusDays(1).atStartOfDay(paris).toInstant().toEpochMilli();
            assertThat(holds(days, day, start, end)).as("%s", day).isTrue();
            assertThat(holds(days, day, start - 1, end)).as("%s", day).isFalse();
            assertThat(holds(days, day, start, end + 1)).as("%s", day).isFalse();
        }
    }

    @Test
    void whateverTheZoneTheLedgerComesToTheSame() {
        for (int seed = 1; seed <= 300; seed++) {
            Chance chance = Chance.of(seed);
            LocalDayTable table = table(chance);
            LocalDays days = new LocalDays(table);
            for (int day = -2; day < 60; day++) {
                LocalDate date = FIRST.plusDays(day);
                long start = table.start(date);
                long end = table.start(date.plusDays(1));
                String what = "seed " + seed + ", " + date + " in " + table;
                assertThat(holds(days, date, start, end)).as(what).isTrue();
                assertThat(holds(days, date, start - 1, end)).as(what).isFalse();
                assertThat(holds(days, date, start, end + 1)).as(what).isFalse();
            }
        }
    }

    /// Clocks that are set by up to a day, every other day at the most.
    private static LocalDayTable table(Chance chance) {
        int offset = chance.from(-12, 14) * HOUR;
        List<Change> changes = new ArrayList<>();
        long millis = FIRST.toEpochDay() * DAY_MILLIS;
        for (int i = chance.below(8); i > 0; i--) {
            millis += (chance.happens(1, 2) ? 48 : chance.from(48, 200)) * HOUR_MILLIS;
            changes.add(new Change(millis, chance.from(-24, 28) * HOUR / 2));
        }
        return new LocalDayTable("Some/Where", offset, changes);
    }

    private static boolean holds(LocalDays days, LocalDate day, long start, long end) {
        return days.hold(day, BigInteger.valueOf(start), BigInteger.valueOf(end));
    }

    private static Change change(int day, int seconds, int before, int after) {
        long millis = FIRST.withDayOfMonth(day).toEpochDay() * DAY_MILLIS;
        return new Change(millis + (seconds - before) * 1_000L, after);
    }
}
