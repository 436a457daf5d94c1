package mitoyen.node.readings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.energy.Sharing;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;

/// Looks at whole days, one after the other.
final class DayCheck {
    private static final int DUPLICATES_SHOWN = 1_000;

    private final LocalDays localDays;
    private final MeterTable meters;
    private final KeptRows rows;
    private final List<Path> files;
    private final ImportOptions options;
    private final MistakeLog mistakes;
    private final SortedSet<Reading> duplicates = new TreeSet<>();
    private final Gap[] gaps;

    DayCheck(
            LocalDays localDays,
            MeterTable meters,
            KeptRows rows,
            List<Path> files,
            ImportOptions options,
            MistakeLog mistakes) {
        this.localDays = localDays;
        this.meters = meters;
        this.rows = rows;
        this.files = files;
        this.options = options;
        this.mistakes = mistakes;
        this.gaps = new Gap[meters.size()];
        Arrays.setAll(gaps, Gap::new);
    }

    /// Notes a first or last day that is cut, unless that is allowed.
    void refusePartialDays(List<LocalDay> days) {
        if (options.partial() || rows.first().isEmpty() || rows.last().isEmpty()) {
            return;
        }
        LocalDay cutFirst = days.getFirst();
        LocalDay cutLast = days.getLast();
        LocalDay first = localDays.on(cutFirst.date());
        LocalDay last = localDays.on(cutLast.date());
        if (cutFirst.startMillis() > first.startMillis()) {
            Place place = rows.first().get();
            mistakes.add(
                    place.file(),
                    place.line(),
                    Fault.FIRST_DAY_CUT,
                    first.date(),
                    localDays.format(place.millis()),
                    localDays.format(first.startMillis()));
        }
        if (cutLast.endMillis() < last.endMillis()) {
            Place place = rows.last().get();
            mistakes.add(
                    place.file(),
                    place.line(),
                    Fault.LAST_DAY_CUT,
                    last.date(),
                    localDays.format(cutLast.endMillis()),
                    localDays.format(last.endMillis()));
        }
    }

    /// Looks at the next day.
    void day(LocalDay day, Roster roster, DayRows dayRows) throws IOException {
        Seen seen = new Seen(day, roster);
        dayRows.read(seen::take);
        if (!options.gapsZero()) {
            seen.noteGaps();
        }
        seen.noteImbalance();
    }

    /// Ends all gaps: where the next day has none, or no day follows.
    void endGaps() {
        for (Gap gap : gaps) {
            gap.end();
        }
    }

    /// Readings that came twice, as many as are worth showing.
    SortedSet<Reading> duplicates() {
        return duplicates;
    }

    /// One day of it.
    private final class Seen {
        private static final byte EMPTY = 1;
        private static final byte FILLED = 2;

        private final LocalDay day;
        private final int[] placeOf;
        private final int places;
        private final byte[] cells;
        private final long[] excess;

        Seen(LocalDay day, Roster roster) {
            this.day = day;
            this.placeOf = DayLoad.placesOf(meters, roster);
            this.places = roster.meterCount();
            this.cells = new byte[Math.multiplyExact(day.intervals(), meters.size())];
            this.excess = new long[day.intervals()];
        }

        void take(int cell, long consumed, long produced, long allocated, long sold) {
            int interval = cell / placeOf.length;
            int meter = cell - interval * placeOf.length;
            if (cells[cell] != 0 && duplicates.size() < DUPLICATES_SHOWN) {
                duplicates.add(new Reading(start(interval), meter));
            }
            boolean empty = (consumed & produced & allocated & sold) == Row.EMPTY;
            if (!empty) {
                cells[cell] = FILLED;
            } else if (cells[cell] == 0) {
                cells[cell] = EMPTY;
            }
            if (placeOf[meter] >= 0) {
                excess[interval] += Math.max(0, sold) - Math.max(0, allocated);
            }
        }

        void noteGaps() {
            for (int meter = 0; meter < placeOf.length; meter++) {
                Gap gap = gaps[meter];
                if (placeOf[meter] < 0) {
                    gap.end();
                    continue;
                }
                for (int interval = 0; interval < day.intervals(); interval++) {
                    if (cells[interval * placeOf.length + meter] == FILLED) {
                        gap.end();
                    } else {
                        gap.extend(start(interval));
                    }
                }
            }
        }

        /// The operator rounds each value alone: EN-27.
        void noteImbalance() {
            for (int interval = 0; interval < day.intervals(); interval++) {
                long off = Math.abs(excess[interval]);
                if (off > Sharing.roundingBound(places)) {
                    mistakes.add(
                            rows.fileOfDay(day.date()).orElse(""),
                            0,
                            Fault.SPLIT_DIFFERS,
                            Decimals.formatMillionths(off),
                            localDays.format(start(interval)));
                }
            }
        }

        private long start(int interval) {
            return day.startMillis() + interval * localDays.stepMillis();
        }
    }

    /// A span without readings of one meter.
    private final class Gap {
        private final int meter;
        private long start;
        private long end;
        private long intervals;

        Gap(int meter) {
            this.meter = meter;
        }

        void extend(long startMillis) {
            if (intervals == 0) {
                start = startMillis;
            }
            end = startMillis + localDays.stepMillis();
            intervals++;
        }

        void end() {
            if (intervals == 0) {
                return;
            }
            mistakes.add(
                    rows.fileOfMeter(meter).orElse(files.getLast().toString()),
                    0,
                    intervals == 1 ? Fault.GAP_OF_ONE : Fault.GAP,
                    meters.id(meter),
                    localDays.format(start),
                    localDays.format(end),
                    intervals);
            intervals = 0;
        }
    }
}
