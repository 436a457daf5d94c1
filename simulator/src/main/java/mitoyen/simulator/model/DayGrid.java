package mitoyen.simulator.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/// The intervals of one local day, counted from local midnight to local midnight.
///
/// @param zone whose midnights these are
/// @param stepMinutes the length of an interval [min]
public record DayGrid(LocalDate day, ZoneId zone, int stepMinutes) {
    /// Local midnight at the start of the day.
    public Instant start() {
        return day.atStartOfDay(zone).toInstant();
    }

    /// How many intervals the day has: those of 23, 24 or 25 hours.
    public int intervals() {
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        return Math.toIntExact(Duration.between(start(), end).toMinutes() / stepMinutes);
    }

    /// When an interval starts.
    public Instant startOf(int interval) {
        return start().plusSeconds(60L * stepMinutes * interval);
    }

    /// The middle of an interval, in minutes since 1970.
    long epochMinuteInside(int interval) {
        return startOf(interval).getEpochSecond() / 60 + stepMinutes / 2;
    }

    /// How long after local midnight the clocks show a time [min].
    int minutesUntil(LocalTime time) {
        Instant moment = day.atTime(time).atZone(zone).toInstant();
        return Math.toIntExact(Duration.between(start(), moment).toMinutes());
    }
}
