package mitoyen.simulator.files;

import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.simulator.model.DayGrid;

/// Writes simulated days in the form that `./mitoyen settle` reads: a row for each interval and
/// meter, in local time with its offset.
public final class ReadingsCsv {
    /// The columns of readings alone.
    public static final String HEADER = "start,meter,consumption_kwh,production_kwh\n";

    /// The columns of readings with the grid operator's split.
    public static final String HEADER_WITH_SPLIT =
            "start,meter,consumption_kwh,production_kwh,allocated_kwh,sold_kwh\n";

    private static final long ONE_KWH = 1_000_000;
    private static final DateTimeFormatter START =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    private final List<String> meters;

    /// A writer of rows for these meters, which stand in the order of the readings.
    public ReadingsCsv(List<String> meters) {
        this.meters = List.copyOf(meters);
    }

    /// Appends the rows of a day, with the split where it came with the readings.
    public void append(DayGrid grid, DayReadings readings, Appendable target) throws IOException {
        for (int interval = 0; interval < readings.intervals(); interval++) {
            target.append(interval(grid, readings, interval));
        }
    }

    /// The rows of one interval.
    public String interval(DayGrid grid, DayReadings readings, int interval) {
        StringBuilder rows = new StringBuilder();
        String start = grid.startOf(interval).atZone(grid.zone()).format(START);
        Optional<DayAllocation> split = readings.operatorSplit();
        for (int meter = 0; meter < meters.size(); meter++) {
            int at = interval * meters.size() + meter;
            rows.append(start).append(',').append(meters.get(meter)).append(',');
            appendKwh(rows, readings.consumption()[at]);
            appendUnlessZero(rows.append(','), readings.production()[at]);
            if (split.isPresent()) {
                appendUnlessZero(rows.append(','), split.get().allocated()[at]);
                appendUnlessZero(rows.append(','), split.get().sold()[at]);
            }
            rows.append('\n');
        }
        return rows.toString();
    }

    /// An empty cell is 0 where another cell of the row is filled.
    private static void appendUnlessZero(StringBuilder row, long mWh) {
        if (mWh != 0) {
            appendKwh(row, mWh);
        }
    }

    /// Kilowatt-hours without the zeros at the end.
    private static void appendKwh(StringBuilder row, long mWh) {
        row.append(mWh / ONE_KWH);
        long rest = mWh % ONE_KWH;
        if (rest == 0) {
            return;
        }
        row.append('.');
        for (long digit = ONE_KWH / 10; rest > 0; digit /= 10) {
            row.append((char) ('0' + rest / digit));
            rest %= digit;
        }
    }
}
