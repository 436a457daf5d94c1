package mitoyen.node.convert;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.quantity.Decimals;

/// Readings by start and meter, in the form of the readings file.
///
/// A meter whose consumption and production come in two files has one row.
public final class Readings {
    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::start).thenComparing(Key::meter);

    private final SortedMap<Key, Cells> cells = new TreeMap<>(ORDER);
    private final boolean operatorSplit;

    /// @param operatorSplit whether the rows have the operator's two columns
    Readings(boolean operatorSplit) {
        this.operatorSplit = operatorSplit;
    }

    /// How many rows there are.
    public int size() {
        return cells.size();
    }

    /// The first start.
    public Optional<Instant> first() {
        return cells.isEmpty() ? Optional.empty() : Optional.of(cells.firstKey().start);
    }

    /// Adds energy of one direction.
    ///
    /// @param mWh energy [mWh], at least 0
    /// @return whether the cell was free
    boolean put(Instant start, String meter, Direction direction, long mWh) {
        Cells row = cells.computeIfAbsent(new Key(start, meter), _ -> new Cells());
        return switch (direction) {
            case CONSUMPTION -> {
                boolean free = row.consumption < 0;
                row.consumption = mWh;
                yield free;
            }
            case PRODUCTION -> {
                boolean free = row.production < 0;
                row.production = mWh;
                yield free;
            }
        };
    }

    /// Adds what the operator dealt of a reading that is there: what a consumption was allocated,
    /// or what of a production was sold.
    void putShared(Instant start, String meter, Direction direction, long mWh) {
        Cells row = cells.computeIfAbsent(new Key(start, meter), _ -> new Cells());
        switch (direction) {
            case CONSUMPTION -> row.allocated = mWh;
            case PRODUCTION -> row.sold = mWh;
        }
    }

    /// Writes the readings file, by start and meter.
    ///
    /// @param zone gives the offsets
    public void write(ZoneId zone, Appendable out) throws IOException {
        out.append("start,meter,consumption_kwh,production_kwh")
                .append(operatorSplit ? ",allocated_kwh,sold_kwh\n" : "\n");
        for (var entry : cells.entrySet()) {
            Key key = entry.getKey();
            Cells row = entry.getValue();
            out.append(key.start.atZone(zone).toOffsetDateTime().toString());
            out.append(',').append(key.meter);
            out.append(',').append(kwh(row.consumption)).append(',').append(kwh(row.production));
            if (operatorSplit) {
                out.append(',').append(kwh(row.allocated)).append(',').append(kwh(row.sold));
            }
            out.append('\n');
        }
    }

    private static String kwh(long mWh) {
        return mWh < 0 ? "" : Decimals.formatMillionths(mWh);
    }

    private record Key(Instant start, String meter) {}

    private static final class Cells {
        private long consumption = -1;
        private long production = -1;
        private long allocated = -1;
        private long sold = -1;
    }
}
