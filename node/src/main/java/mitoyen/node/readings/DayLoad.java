package mitoyen.node.readings;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.ledger.energy.Roster;

/// Lays the rows of a day out for a roster.
final class DayLoad {
    private final MeterTable meters;
    private final boolean operatorSplit;
    private final LocalDay day;
    private final int places;
    private final int[] placeOf;
    private final long[] consumption;
    private final long[] production;
    private final long[] allocated;
    private final long[] sold;
    private final boolean[] foreign;
    private int missing;
    private int outside;
    private int interval;
    private int firstCell;

    DayLoad(ReadingsScan scan, LocalDay day, Roster roster) {
        this.meters = scan.meters();
        this.operatorSplit = scan.operatorSplit();
        this.day = day;
        this.places = roster.meterCount();
        this.placeOf = placesOf(meters, roster);
        int size = Math.multiplyExact(day.intervals(), places);
        this.consumption = new long[size];
        this.production = new long[size];
        this.allocated = new long[operatorSplit ? size : 0];
        this.sold = new long[operatorSplit ? size : 0];
        this.foreign = new boolean[meters.size()];
        this.missing = size;
    }

    /// The place of each meter in a roster, or -1.
    static int[] placesOf(MeterTable meters, Roster roster) {
        int[] placeOf = new int[meters.size()];
        Arrays.fill(placeOf, -1);
        for (int place = 0; place < roster.meterCount(); place++) {
            char[] id = roster.places().get(place).meter().toCharArray();
            int meter = meters.find(id, 0, id.length);
            if (meter >= 0) {
                placeOf[meter] = place;
            }
        }
        return placeOf;
    }

    /// The day as its settlement needs it.
    ImportedDay load(DayRows rows) throws IOException {
        rows.read(this::put);
        Optional<DayAllocation> split =
                operatorSplit ? Optional.of(new DayAllocation(allocated, sold)) : Optional.empty();
        SortedSet<String> unplaced = new TreeSet<>();
        for (int meter = 0; meter < foreign.length; meter++) {
            if (foreign[meter]) {
                unplaced.add(meters.id(meter));
            }
        }
        DayReadings readings =
                new DayReadings(day.intervals(), places, consumption, production, split);
        return new ImportedDay(readings, missing, outside, unplaced);
    }

    private void put(int cell, long consumed, long produced, long received, long given) {
        if ((consumed & produced & received & given) == Row.EMPTY) {
            return;
        }
        int meter = cell - firstCell;
        if (meter < 0 || meter >= placeOf.length) {
            interval = cell / placeOf.length;
            firstCell = interval * placeOf.length;
            meter = cell - firstCell;
        }
        if (placeOf[meter] < 0) {
            outside++;
            foreign[meter] = true;
            return;
        }
        int index = interval * places + placeOf[meter];
        consumption[index] = Math.max(0, consumed);
        production[index] = Math.max(0, produced);
        if (operatorSplit) {
            allocated[index] = Math.max(0, received);
            sold[index] = Math.max(0, given);
        }
        missing--;
    }
}
