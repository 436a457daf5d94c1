package mitoyen.node.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.IntStream;
import mitoyen.ledger.energy.Roster;
import mitoyen.node.books.SettledDay;

/// `allocations.csv`: a row for each interval and meter, by start, then by the meter's id.
public final class AllocationsCsv {
    /// The header of the file.
    public static final String HEADER =
            "start,meter,consumption_kwh,allocated_kwh,complement_kwh,"
                    + "production_kwh,sold_kwh,surplus_kwh\n";

    private static final int FLUSH_BYTES = 1 << 18;

    private final OutputStream out;
    private final CsvLine lines = new CsvLine();

    /// Begins the file.
    public AllocationsCsv(OutputStream out) {
        this.out = out;
        lines.text(HEADER);
    }

    /// Adds a day. Days come in date order.
    public void add(SettledDay day) throws IOException {
        Roster roster = day.roster();
        int[] places = placesByMeter(roster);
        byte[][] meters =
                roster.places().stream()
                        .map(place -> ("," + place.meter()).getBytes(StandardCharsets.US_ASCII))
                        .toArray(byte[][]::new);
        for (int interval = 0; interval < day.readings().intervals(); interval++) {
            byte[] start =
                    Instant.ofEpochMilli(day.startMillis(interval))
                            .toString()
                            .getBytes(StandardCharsets.US_ASCII);
            for (int place : places) {
                row(start, meters[place], day, interval * places.length + place);
            }
        }
    }

    /// Writes what is left.
    public void finish() throws IOException {
        lines.writeTo(out);
    }

    private void row(byte[] start, byte[] meter, SettledDay day, int at) throws IOException {
        long consumption = day.readings().consumption()[at];
        long allocated = day.allocation().allocated()[at];
        long production = day.readings().production()[at];
        long sold = day.allocation().sold()[at];
        lines.text(start)
                .text(meter)
                .quantity(consumption)
                .quantity(allocated)
                .quantity(consumption - allocated)
                .quantity(production)
                .quantity(sold)
                .quantity(production - sold)
                .character('\n');
        if (lines.length() > FLUSH_BYTES) {
            lines.writeTo(out);
        }
    }

    private static int[] placesByMeter(Roster roster) {
        return IntStream.range(0, roster.meterCount())
                .boxed()
                .sorted(Comparator.comparing(place -> roster.places().get(place).meter()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
