package mitoyen.simulator.bench;

import java.util.Random;
import mitoyen.ledger.energy.LargestRemainder;

/// Intervals of random consumption with a random total below its sum for each, and three ways to
/// deal it out.
final class DealtIntervals {
    private static final long SEED = 2025;
    private static final int MOST_MWH = 1_000_000;

    private final int homes;
    private final int intervals;
    private final long[] weights;
    private final long[] sums;
    private final long[] totals;
    private final long[] parts;

    DealtIntervals(int homes, int intervals) {
        this.homes = homes;
        this.intervals = intervals;
        weights = new long[homes * intervals];
        sums = new long[intervals];
        totals = new long[intervals];
        parts = new long[homes * intervals];
        Random random = new Random(SEED);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(MOST_MWH);
            sums[i / homes] += weights[i];
        }
        for (int interval = 0; interval < intervals; interval++) {
            totals[interval] = random.nextLong(sums[interval]);
        }
    }

    int homes() {
        return homes;
    }

    int householdIntervals() {
        return weights.length;
    }

    /// By largest remainder, with nothing lost.
    void deal(LargestRemainder remainder) {
        for (int interval = 0; interval < intervals; interval++) {
            remainder.deal(
                    totals[interval], weights, interval * homes, homes, sums[interval], parts);
        }
    }

    /// Rounded down, by the upper half of one multiplication of 64 by 64 bits.
    ///
    /// Exact where a weight times the sum stays below 2^64 (Lemire, Kaser and Kurz, "Faster
    /// remainder by direct computation", 2019).
    void floor() {
        for (int interval = 0; interval < intervals; interval++) {
            floor(interval * homes, homes, totals[interval], sums[interval]);
        }
    }

    /// Rounded down, as one would write it.
    void floorByDivision() {
        for (int interval = 0; interval < intervals; interval++) {
            floorByDivision(interval * homes, homes, totals[interval], sums[interval]);
        }
    }

    /// Makes sure that all three compute what they say, so that none is fast because it is wrong.
    ///
    /// @throws IllegalStateException if one does not
    void check(LargestRemainder remainder) {
        floorByDivision();
        long[] floors = parts.clone();
        floor();
        for (int i = 0; i < floors.length; i++) {
            require(parts[i] == floors[i], "a quotient is not rounded down");
        }
        deal(remainder);
        for (int interval = 0; interval < intervals; interval++) {
            long dealt = 0;
            for (int i = interval * homes; i < (interval + 1) * homes; i++) {
                long above = parts[i] - floors[i];
                require(above == 0 || above == 1, "a part is not a quotient rounded");
                dealt += parts[i];
            }
            require(dealt == totals[interval], "the parts are not the total");
        }
    }

    private void floor(int from, int count, long total, long sum) {
        long high = (total << 32) / sum;
        long low = (((total << 32) % sum) << 32) / sum;
        long step = ((high << 32) | low) + 1;
        for (int i = from; i < from + count; i++) {
            parts[i] = Math.unsignedMultiplyHigh(weights[i], step);
        }
    }

    private void floorByDivision(int from, int count, long total, long sum) {
        for (int i = from; i < from + count; i++) {
            parts[i] = total * weights[i] / sum;
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
