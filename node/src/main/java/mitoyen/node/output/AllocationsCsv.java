package mitoyen.node.output;

import java.time.Instant;
import java.util.Comparator;
import java.util.stream.IntStream;
import mitoyen.ledger.energy.Roster;
import mitoyen.node.books.SettledDay;

/// `allocations.csv`: a row for each interval and meter, by start, then by the meter's id.
public final class AllocationsCsv {
    private static final String HEADER =
            "start,meter,consumption_kwh,allocated_kwh,complement_kwh,"
                    + "production_kwh,sold_kwh,surplus_kwh\n";

    /// A row of quantities below 10 kWh, without its meter's id [bytes].
    private static final int ROW_BYTES = 76;

    private AllocationsCsv() {}

    /// The first line.
    public static CsvText header() {
        return new CsvText(HEADER.length()).text(CsvText.ascii(HEADER));
    }

    /// The rows of a day. They need nothing of other days, so that days may be printed on any
    /// thread and written in the order of their dates.
    public static CsvText rows(SettledDay day) {
        Roster roster = day.roster();
        int[] places = placesByMeter(roster);
        byte[][] meters =
                roster.places().stream()
                        .map(place -> CsvText.ascii("," + place.meter()))
                        .toArray(byte[][]::new);
        int idBytes = 0;
        for (byte[] meter : meters) {
            idBytes += meter.length;
        }
        int intervals = day.readings().intervals();
        CsvText text =
                new CsvText(Math.multiplyExact(intervals, ROW_BYTES * places.length + idBytes));
        for (int interval = 0; interval < intervals; interval++) {
            byte[] start =
                    CsvText.ascii(Instant.ofEpochMilli(day.startMillis(interval)).toString());
            for (int place : places) {
                row(text.text(start).text(meters[place]), day, interval * places.length + place);
            }
        }
        return text;
    }

    private static void row(CsvText text, SettledDay day, int at) {
        long consumption = day.readings().consumption()[at];
        long allocated = day.allocation().allocated()[at];
        long production = day.readings().production()[at];
        long sold = day.allocation().sold()[at];
        text.quantity(consumption)
                .quantity(allocated)
                .quantity(consumption - allocated)
                .quantity(production)
                .quantity(sold)
                .quantity(production - sold)
                .endLine();
    }

    private static int[] placesByMeter(Roster roster) {
        return IntStream.range(0, roster.meterCount())
                .boxed()
                .sorted(Comparator.comparing(place -> roster.places().get(place).meter()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
