package mitoyen.node.readings;

import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;
import org.jspecify.annotations.Nullable;

/// Puts each row into its local day and keeps it, and remembers which file spoke of what.
final class RowCollector implements RowSink, Closeable {
    private static final long EARLIEST = 946_684_800_000L; // 2000-01-01T00:00Z
    private static final long LATEST = 4_102_444_800_000L; // 2100-01-01T00:00Z

    private final LocalDays days;
    private final Producers producers;
    private final MeterTable meters;
    private final Spill spill;
    private final MistakeLog mistakes;
    private final @Nullable String[] fileOfMeter;
    private final @Nullable String[] fileOfDay = new @Nullable String[LocalDays.NUMBERED];
    private String file = "";
    private LocalDay day = new LocalDay(LocalDate.EPOCH, 0, 0, 0);
    private int number;
    private long lastStart = Long.MIN_VALUE;
    private int interval;
    private @Nullable Place first;
    private @Nullable Place last;
    private @Nullable IOException failure;

    RowCollector(
            LocalDays days,
            Producers producers,
            MeterTable meters,
            Spill spill,
            MistakeLog mistakes) {
        this.days = days;
        this.producers = producers;
        this.meters = meters;
        this.spill = spill;
        this.mistakes = mistakes;
        this.fileOfMeter = new @Nullable String[meters.size()];
    }

    /// Names the file that the next rows come from.
    void begin(String name) {
        file = name;
        lastStart = Long.MIN_VALUE;
    }

    /// @throws IOException if the rows could not be kept, such as on a full disk
    void throwIfFailed() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /// Whether a day has a row.
    boolean has(int day) {
        return spill.has(day);
    }

    /// The cells of a day, where its rows came one cell after the other, each filled.
    Optional<Spill.Run> findRun(int day) {
        return spill.findRun(day);
    }

    /// Hands over the rows of a day in the order in which they came.
    void read(int day, Spill.Cells cells) throws IOException {
        spill.read(day, cells);
    }

    @Override
    public void close() throws IOException {
        spill.close();
    }

    /// The earliest row.
    Optional<Place> first() {
        return Optional.ofNullable(first);
    }

    /// The latest row.
    Optional<Place> last() {
        return Optional.ofNullable(last);
    }

    /// The last file that spoke of a meter.
    Optional<String> fileOfMeter(int meter) {
        return Optional.ofNullable(fileOfMeter[meter]);
    }

    /// The first file that spoke of a day.
    Optional<String> fileOfDay(LocalDate date) {
        return Optional.ofNullable(fileOfDay[LocalDays.number(date)]);
    }

    @Override
    public boolean take(Row row) {
        // Rows of one interval come together, or of one meter; the former spares the rest.
        if (row.startMillis != lastStart && !enter(row)) {
            return true;
        }
        if (row.production > 0) {
            refuseUntaxed(row);
        }
        fileOfMeter[row.meter] = file;
        return keep(row);
    }

    /// Finds the day and the interval of a row.
    ///
    /// @return whether there is one
    private boolean enter(Row row) {
        long start = row.startMillis;
        if (start < EARLIEST || start >= LATEST) {
            mistakes.add(file, row.line, Fault.START_OUTSIDE_YEARS, days.format(start));
            return false;
        }
        if (!day.contains(start)) {
            day = days.containing(start);
            number = LocalDays.number(day.date());
            if (fileOfDay[number] == null) {
                fileOfDay[number] = file;
            }
        }
        long elapsed = start - day.startMillis();
        interval = (int) (elapsed / days.stepMillis());
        if (interval * days.stepMillis() != elapsed) {
            mistakes.add(
                    file,
                    row.line,
                    Fault.START_OFF_STEP,
                    days.format(start),
                    days.stepMillis() / 60_000);
            return false;
        }
        extendRange(row);
        lastStart = start;
        return true;
    }

    private void refuseUntaxed(Row row) {
        producers
                .findUntaxed(row.meter, day.date())
                .ifPresent(member ->
                        mistakes.add(
                                file,
                                row.line,
                                Fault.PRODUCER_WITHOUT_VAT,
                                meters.id(row.meter),
                                member));
    }

    private void extendRange(Row row) {
        if (first == null || row.startMillis < first.millis()) {
            first = new Place(file, row.line, row.startMillis);
        }
        if (last == null || row.startMillis > last.millis()) {
            last = new Place(file, row.line, row.startMillis);
        }
    }

    private boolean keep(Row row) {
        try {
            spill.add(number, interval * meters.size() + row.meter, row);
            return true;
        } catch (IOException full) {
            failure = full;
            return false;
        }
    }
}
