package mitoyen.node.readings;

import java.io.IOException;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.energy.Sharing;

/// A look at one day that tells whether all is well, on any thread; what is not, [DayCheck] puts
/// into words.
final class DayGlance {
    private final int[] placeOf;
    private final int expected;
    private final boolean[] seen;
    private final long[] excess;
    private int filled;
    private boolean twice;
    private int interval;
    private int firstCell;

    private DayGlance(MeterTable meters, LocalDay day, Roster roster) {
        this.placeOf = DayLoad.placesOf(meters, roster);
        this.expected = Math.multiplyExact(day.intervals(), roster.meterCount());
        this.seen = new boolean[Math.multiplyExact(day.intervals(), meters.size())];
        this.excess = new long[day.intervals()];
    }

    /// Whether there is nothing to say about a day: no reading came twice, the operator's split is
    /// balanced up to its roundings, and no meter of the roster lacks a reading.
    ///
    /// @param gapsZero whether a reading may be lacking
    static boolean isClean(
            MeterTable meters, LocalDay day, Roster roster, boolean gapsZero, DayRows rows)
            throws IOException {
        DayGlance glance = new DayGlance(meters, day, roster);
        rows.read(glance::take);
        return !glance.twice
                && (gapsZero || glance.filled == glance.expected)
                && glance.isBalanced(Sharing.roundingBound(roster.meterCount()));
    }

    private void take(int cell, long consumed, long produced, long allocated, long sold) {
        int meter = cell - firstCell;
        if (meter < 0 || meter >= placeOf.length) {
            interval = cell / placeOf.length;
            firstCell = interval * placeOf.length;
            meter = cell - firstCell;
        }
        twice |= seen[cell];
        seen[cell] = true;
        if (placeOf[meter] >= 0) {
            if ((consumed & produced & allocated & sold) != Row.EMPTY) {
                filled++;
            }
            excess[interval] += Math.max(0, sold) - Math.max(0, allocated);
        }
    }

    private boolean isBalanced(long bound) {
        for (long off : excess) {
            if (Math.abs(off) > bound) {
                return false;
            }
        }
        return true;
    }
}
