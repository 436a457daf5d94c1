package mitoyen.simulator.model;

import java.time.LocalTime;

/// What one building draws in each interval of a day, appliance by appliance.
final class DayLoad {
    private static final double MINUTES_AN_HOUR = 60;

    private final DayGrid grid;
    private final double[] wattHours;

    DayLoad(DayGrid grid) {
        this.grid = grid;
        this.wattHours = new double[grid.intervals()];
    }

    /// An appliance that runs the whole day [W].
    void always(double watts) {
        run(0, wattHours.length * grid.stepMinutes(), watts);
    }

    /// An appliance that runs from one time on the clock to another [W].
    void between(LocalTime from, LocalTime to, double watts) {
        int start = grid.minutesUntil(from);
        run(start, grid.minutesUntil(to) - start, watts);
    }

    /// An appliance that starts at a time on the clock and runs for so long [min], at most to
    /// midnight [W].
    void from(LocalTime time, int minutes, double watts) {
        run(grid.minutesUntil(time), minutes, watts);
    }

    /// An appliance that draws so much during one interval [W].
    void during(int interval, double watts) {
        wattHours[interval] += watts * grid.stepMinutes() / MINUTES_AN_HOUR;
    }

    /// Whole watt-hours of an interval, as a meter counts them.
    long wattHours(int interval) {
        return Math.round(wattHours[interval]);
    }

    private void run(int start, int minutes, double watts) {
        int step = grid.stepMinutes();
        int end = Math.min(start + minutes, wattHours.length * step);
        for (int at = start; at < end; ) {
            int interval = at / step;
            int until = Math.min(end, (interval + 1) * step);
            wattHours[interval] += watts * (until - at) / MINUTES_AN_HOUR;
            at = until;
        }
    }
}
