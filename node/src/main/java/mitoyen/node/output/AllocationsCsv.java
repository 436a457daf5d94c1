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

    /// The longest row, without start and meter [bytes].
    private static final int MOST_BYTES = 6 * CsvQuantity.LONGEST + 1;

    private AllocationsCsv() {}

    /// The first line.
    public static CsvText header() {
        return CsvText.of(HEADER);
    }

    /// The rows of a day. They need nothing of other days, so that days may be printed on any
    /// thread and written in the order of their dates.
    public static CsvText rows(SettledDay day) {
        return rows(day, new CsvMemory());
    }

    /// The rows of a day in memory that was used before, where there is some.
    public static CsvText rows(SettledDay day, CsvMemory memory) {
        Roster roster = day.roster();
        int[] places = placesByMeter(roster);
        CsvWord[] meters =
                roster.places().stream()
                        .map(place -> new CsvWord("," + place.meter()))
                        .toArray(CsvWord[]::new);
        int idBytes = roster.places().stream().mapToInt(place -> 1 + place.meter().length()).sum();
        int intervals = day.readings().intervals();
        CsvText text =
                memory.text(Math.multiplyExact(intervals, ROW_BYTES * places.length + idBytes));
        for (int interval = 0; interval < intervals; interval++) {
            CsvWord start = new CsvWord(Instant.ofEpochMilli(day.startMillis(interval)).toString());
            for (int place : places) {
                row(text, start, meters[place], day, interval * places.length + place);
            }
        }
        return text;
    }

    private static void row(CsvText text, CsvWord start, CsvWord meter, SettledDay day, int index) {
        long consumption = day.readings().consumption()[index];
        long allocated = day.allocation().allocated()[index];
        long production = day.readings().production()[index];
        long sold = day.allocation().sold()[index];
        byte[] into = text.room(start.room() + meter.room() + MOST_BYTES);
        int at = meter.write(into, start.write(into, text.length()));
        at = CsvQuantity.write(into, at, consumption);
        at = CsvQuantity.write(into, at, allocated);
        at = CsvQuantity.write(into, at, consumption - allocated);
        at = CsvQuantity.write(into, at, production);
        at = CsvQuantity.write(into, at, sold);
        at = CsvQuantity.write(into, at, production - sold);
        into[at] = '\n';
        text.end(at + 1);
    }

    private static int[] placesByMeter(Roster roster) {
        return IntStream.range(0, roster.meterCount())
                .boxed()
                .sorted(Comparator.comparing(place -> roster.places().get(place).meter()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
