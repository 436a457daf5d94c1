package mitoyen.ledger.energy;

import mitoyen.ledger.quantity.Ratio;

/// A total dealt over weights in whole units, nothing lost and nothing made (EN-10 to EN-13).
///
/// Each weight receives `floor(total * weight / sum)`; the units still missing go one each to the
/// largest remainders of these divisions, ties to the earlier weight.
///
/// Two things make it fast and leave it exact. Where the sum is below 2^31, division is
/// multiplication: with `step = ceil(total * 2^64 / sum)` the 128 bits of `weight * step` hold the
/// floor in their upper half, and in their lower half a fraction that betrays the remainder `r`: it
/// is at least `r * 2^64 / sum` and exceeds that by less than `weight` (Lemire, Kaser and Kurz,
/// "Faster remainder by direct computation", 2019). And as remainders are spread like chance, the
/// smallest that still receives a unit lies near the middle: the pass that divides decides every
/// weight outside a narrow band there, and only the band is searched; where that guess fails, all
/// are.
///
/// Holds working space: one instance serves many deals of one thread.
public final class LargestRemainder {
    private static final long FAST_SUM_LIMIT = 1L << 31;

    private final long[] remainders;
    private final int[] candidates;

    /// Working space.
    ///
    /// @param capacity how many weights there are at most
    public LargestRemainder(int capacity) {
        remainders = new long[capacity];
        candidates = new int[capacity];
    }

    /// Deals a total over `count` weights from a position on, and writes the parts at the same
    /// positions.
    ///
    /// @param total at least 0; may exceed the sum
    /// @param weights each at least 0
    /// @param from the first position
    /// @param count how many weights, at most the capacity
    /// @param sum the sum of these weights, which the caller knows
    /// @param parts receives the parts; another array than the weights
    /// @throws IllegalArgumentException if there is a total but no weight to deal it over
    /// @throws ArithmeticException if a part exceeds a `long`
    public void deal(long total, long[] weights, int from, int count, long sum, long[] parts) {
        if (total < 0 || (sum == 0 && total > 0)) {
            throw new IllegalArgumentException("cannot deal " + total + " over " + sum);
        }
        long whole = total == 0 ? 0 : total / sum;
        long rest = total == 0 ? 0 : total % sum;
        if (rest == 0) {
            for (int i = from; i < from + count; i++) {
                parts[i] = whole * weights[i];
            }
            return;
        }
        if (sum < FAST_SUM_LIMIT) {
            dealFast(rest, weights, from, count, sum, parts);
        } else {
            dealWide(rest, weights, from, count, sum, parts);
        }
        if (whole > 0) {
            for (int i = from; i < from + count; i++) {
                parts[i] += whole * weights[i];
            }
        }
    }

    /// Deals less than the sum, where the sum is below 2^31.
    private void dealFast(long total, long[] weights, int from, int count, long sum, long[] parts) {
        long step = scaled(total, sum) + 1;
        long halfBand = sum >>> ((Integer.SIZE + 1 - Integer.numberOfLeadingZeros(count)) / 2);
        long low = sum / 2 - halfBand;
        long high = sum / 2 + halfBand;
        long lowFraction = scaled(low, sum) >>> 1;
        long highFraction = scaled(high, sum) >>> 1;
        long dealt = 0;
        int size = 0;
        for (int i = 0; i < count; i++) {
            long weight = weights[from + i];
            long fraction = weight * step;
            int above = isAtLeast(highFraction, fraction >>> 1);
            long part = Math.unsignedMultiplyHigh(weight, step) + above;
            parts[from + i] = part;
            dealt += part;
            remainders[i] = fraction;
            candidates[size] = i;
            size += isAtLeast(lowFraction, fraction >>> 1) - above;
        }
        long missing = total - dealt;
        if (missing < 0 || missing > size) {
            for (int i = 0; i < count; i++) {
                int above = isAtLeast(highFraction, remainders[i] >>> 1);
                parts[from + i] -= above;
                missing += above;
                candidates[i] = i;
            }
            size = count;
            low = 0;
            high = sum;
        }
        for (int i = 0; i < size; i++) {
            int candidate = candidates[i];
            remainders[candidate] = Math.unsignedMultiplyHigh(remainders[candidate], sum);
        }
        select(missing, size, low, high, from, parts);
    }

    /// Deals less than the sum, whatever the sum.
    private void dealWide(long total, long[] weights, int from, int count, long sum, long[] parts) {
        long missing = total;
        for (int i = 0; i < count; i++) {
            long weight = weights[from + i];
            long part = Ratio.floor(total, weight, sum);
            parts[from + i] = part;
            missing -= part;
            // Exact although the products may exceed a long: their difference is below the sum.
            remainders[i] = total * weight - part * sum;
            candidates[i] = i;
        }
        select(missing, count, 0, sum, from, parts);
    }

    /// Gives one unit each to the largest remainders among the candidates, which stand in order of
    /// position and lie from `low` to below `high`: halves that range until as many lie above the
    /// middle as are wanted, or until only equal ones are left.
    private void select(long wanted, int size, long low, long high, int from, long[] parts) {
        while (0 < wanted && wanted < size && high - low > 1) {
            long middle = low + (high - low) / 2;
            int above = 0;
            for (int i = 0; i < size; i++) {
                above += isAtLeast(middle, remainders[candidates[i]]);
            }
            int settled = above <= wanted ? 1 : 0;
            int kept = 0;
            for (int i = 0; i < size; i++) {
                int candidate = candidates[i];
                int isAbove = isAtLeast(middle, remainders[candidate]);
                parts[from + candidate] += isAbove & settled;
                candidates[kept] = candidate;
                kept += isAbove ^ settled;
            }
            size = kept;
            if (settled == 1) {
                wanted -= above;
                high = middle;
            } else {
                low = middle;
            }
        }
        for (int i = 0; i < wanted; i++) {
            parts[from + candidates[i]]++;
        }
    }

    /// 1 where a remainder is at least a bound, else 0, without a branch.
    private static int isAtLeast(long bound, long remainder) {
        return (int) ((bound - 1 - remainder) >>> 63);
    }

    /// `floor(part * 2^64 / sum)`, without a sign, for a part below a sum below 2^31.
    private static long scaled(long part, long sum) {
        long high = part << 32;
        return ((high / sum) << 32) | (((high % sum) << 32) / sum);
    }
}
