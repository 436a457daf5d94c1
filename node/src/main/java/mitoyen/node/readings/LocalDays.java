package mitoyen.node.readings;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// The local days of a zone, cut into intervals that are counted from local midnight in elapsed
/// time.
///
/// A day runs from its first instant to the first instant of the next, so that days cover all time
/// whatever clocks do: where they are put back over midnight, the repeated hour belongs to the day
/// that had already begun. A date that a zone left out has no interval.
public final class LocalDays {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    /// The first day that has a number.
    private static final LocalDate FIRST = LocalDate.of(1999, 12, 31);

    /// The last one.
    private static final LocalDate LAST = LocalDate.of(2100, 1, 1);

    /// How many days have a number: those of a century and one more at each end.
    static final int NUMBERED = (int) (LAST.toEpochDay() - FIRST.toEpochDay()) + 1;

    private final ZoneId zone;
    private final long stepMillis;
    private final @Nullable LocalDay[] known = new @Nullable LocalDay[NUMBERED];

    /// The days of a zone.
    ///
    /// @param stepMinutes the length of an interval [min]
    public LocalDays(ZoneId zone, int stepMinutes) {
        this.zone = zone;
        this.stepMillis = Duration.ofMinutes(stepMinutes).toMillis();
    }

    /// The length of an interval [ms].
    public long stepMillis() {
        return stepMillis;
    }

    /// The day of a date.
    public LocalDay on(LocalDate date) {
        return onEpochDay(date.toEpochDay());
    }

    /// The day that an instant falls into.
    ///
    /// @param millis [ms since 1970-01-01T00:00Z]
    public LocalDay containing(long millis) {
        long epochDay = Math.floorDiv(millis, DAY_MILLIS);
        LocalDay day = onEpochDay(epochDay);
        while (millis < day.startMillis()) {
            day = onEpochDay(--epochDay);
        }
        while (millis >= day.endMillis()) {
            day = onEpochDay(++epochDay);
        }
        return day;
    }

    /// An instant as a reader of the files expects it: local time with offset.
    public String format(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toOffsetDateTime().toString();
    }

    /// The number of a day, from 0 and below [#NUMBERED] for every instant of the years 2000 to
    /// 2099.
    static int number(LocalDate date) {
        return Math.toIntExact(date.toEpochDay() - FIRST.toEpochDay());
    }

    /// The part of a day from one instant to another.
    LocalDay cut(LocalDay day, long startMillis, long endMillis) {
        long start = Math.max(day.startMillis(), startMillis);
        long end = Math.min(day.endMillis(), endMillis);
        return new LocalDay(day.date(), start, end, intervals(end - start));
    }

    private LocalDay onEpochDay(long epochDay) {
        long index = epochDay - FIRST.toEpochDay();
        if (index < 0 || index >= known.length) {
            return compute(LocalDate.ofEpochDay(epochDay));
        }
        LocalDay day = known[(int) index];
        if (day == null) {
            day = compute(LocalDate.ofEpochDay(epochDay));
            known[(int) index] = day;
        }
        return day;
    }

    private LocalDay compute(LocalDate date) {
        long start = date.atStartOfDay(zone).toInstant().toEpochMilli();
        long end = date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        return new LocalDay(date, start, end, intervals(end - start));
    }

    private int intervals(long millis) {
        return Math.toIntExact(Math.ceilDiv(millis, stepMillis));
    }
}
