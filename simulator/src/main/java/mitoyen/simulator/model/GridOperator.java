package mitoyen.simulator.model;

import java.math.BigInteger;
import java.util.Optional;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;

/// The grid operator of a simulated neighbourhood: splits each interval as real operators were seen
/// to do, every value rounded alone.
///
/// Written apart from the ledger's own key `pro-rata` with `at-dso`, in plain big integers, so that
/// a settlement of these readings is checked against something else than itself.
public final class GridOperator {
    private GridOperator() {}

    /// The readings of a day with the operator's split beside them.
    public static DayReadings split(DayReadings readings) {
        int size = readings.consumption().length;
        long[] allocated = new long[size];
        long[] sold = new long[size];
        for (int at = 0; at < size; at += readings.meters()) {
            splitInterval(readings, at, allocated, sold);
        }
        return new DayReadings(
                readings.intervals(),
                readings.meters(),
                readings.consumption(),
                readings.production(),
                Optional.of(new DayAllocation(allocated, sold)));
    }

    private static void splitInterval(
            DayReadings readings, int first, long[] allocated, long[] sold) {
        int end = first + readings.meters();
        long produced = sum(readings.production(), first, end);
        long consumed = sum(readings.consumption(), first, end);
        for (int meter = first; meter < end; meter++) {
            long own = readings.consumption()[meter];
            allocated[meter] = Math.min(own, roundedShare(produced, own, consumed));
        }
        long left = produced - sum(allocated, first, end);
        for (int meter = first; meter < end; meter++) {
            long own = readings.production()[meter];
            sold[meter] = own - Math.max(0, roundedShare(left, own, produced));
        }
    }

    /// `total * part / whole`, halves up; 0 of nothing.
    private static long roundedShare(long total, long part, long whole) {
        if (whole == 0) {
            return 0;
        }
        BigInteger twice = BigInteger.valueOf(total).multiply(BigInteger.valueOf(2 * part));
        BigInteger divisor = BigInteger.valueOf(2 * whole);
        return twice.add(BigInteger.valueOf(whole)).divide(divisor).longValueExact();
    }

    private static long sum(long[] values, int from, int to) {
        long sum = 0;
        for (int at = from; at < to; at++) {
            sum = Math.addExact(sum, values[at]);
        }
        return sum;
    }
}
