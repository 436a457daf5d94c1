package mitoyen.ledger.energy;

import mitoyen.ledger.quantity.Ratio;

/// A total dealt over weights in whole units, nothing lost and nothing made (EN-10 to EN-13).
///
/// Each weight receives `floor(total * weight / sum)`; the units still missing go one each to the
/// largest remainders of these divisions, ties to the earlier weight.
///
/// That is the same as rounding every quotient up from one threshold on, which is what makes it
/// fast: quotients are held in fixed point, one multiplication each, and the threshold at which the
/// parts add up to the total is searched by counting, in loops without a branch that the virtual
/// machine turns into vector instructions. It stays exact because the error of a quotient is
/// bounded: where quotients lie so near the threshold that the error could decide, whole numbers do
/// (`docs/performance.md`).
///
/// Holds the deal at hand and working space: one instance serves many deals of one thread.
public final class LargestRemainder {
    private static final int MOST_GUESSES = 8;

    private final long[] remainders;
    private final int[] candidates;
    private long total;
    private long[] weights = {};
    private int from;
    private int to;
    private long sum;
    private long[] parts = {};

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
    public void deal(long total, long[] weights, int from, int count, long sum, long[] parts) {
        if (total < 0 || (sum == 0 && total > 0)) {
            throw new IllegalArgumentException("cannot deal " + total + " over " + sum);
        }
        long whole = total < sum || sum == 0 ? 0 : total / sum;
        this.total = total - whole * sum;
        this.weights = weights;
        this.from = from;
        this.to = from + count;
        this.sum = sum;
        this.parts = parts;
        if (this.total == 0) {
            for (int i = from; i < to; i++) {
                parts[i] = whole * weights[i];
            }
            return;
        }
        dealLessThanSum();
        if (whole > 0) {
            for (int i = from; i < to; i++) {
                parts[i] += whole * weights[i];
            }
        }
    }

    /// Searches the threshold, between 0 and `one`. The quotients are too small by less than
    /// `error`; the lower the threshold, the more is dealt.
    private void dealLessThanSum() {
        int bits = Math.max(0, Long.numberOfLeadingZeros(sum) - 2);
        long one = 1L << bits;
        long step = (total << bits) / sum;
        long error = multiply(weights, from, to, step, parts);
        if (error >= one >>> 4) {
            dealByDivision();
            return;
        }
        long low = 0;
        long high = one;
        long threshold = one / 2;
        long stride = one / (to - from);
        for (int guess = 0; guess < MOST_GUESSES; guess++) {
            long excess = sumRounded(parts, from, to, one - threshold, bits) - total;
            if (excess == 0) {
                if (round(parts, from, to, one - threshold, error, bits) == total) {
                    return;
                }
                low = Math.max(low, threshold - error);
                high = threshold;
                break;
            }
            if (excess > 0) {
                low = threshold;
            } else {
                high = threshold;
            }
            threshold += excess * stride;
            if (threshold <= low || threshold >= high) {
                threshold = low + (high - low) / 2;
            }
        }
        if (high - low + 2 * error < one) {
            dealAround(low - error, high + error, step, bits);
        } else {
            dealByDivision();
        }
    }

    /// Deals where the smallest quotient that is rounded up, taken exactly, is known to lie from
    /// `low` to `high`, less than one apart: what lies beyond is decided, what lies between is a
    /// candidate.
    private void dealAround(long low, long high, long step, int bits) {
        long one = 1L << bits;
        long missing = total;
        int size = 0;
        for (int i = from; i < to; i++) {
            long quotient = weights[i] * step;
            long part = (quotient + one - high) >> bits;
            parts[i] = part;
            missing -= part;
            if (part != (quotient + one - low) >> bits) {
                remainders[size] = total * weights[i] - part * sum;
                candidates[size] = i;
                size++;
            }
        }
        select(missing, size);
    }

    /// Deals whatever the size of the numbers: the one way for sums and weights so large that too
    /// few bits are left behind the point.
    private void dealByDivision() {
        long missing = total;
        for (int i = from; i < to; i++) {
            long part = Ratio.floor(total, weights[i], sum);
            parts[i] = part;
            missing -= part;
            // Exact although the products may exceed a long: their difference is below the sum.
            remainders[i - from] = total * weights[i] - part * sum;
            candidates[i - from] = i;
        }
        select(missing, to - from);
    }

    /// Gives one unit each to the candidates with the largest remainders; candidates stand in order
    /// of position. Halves the range of remainders until as many lie in the upper half as are
    /// wanted, or until only equal ones are left.
    private void select(long wanted, int size) {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            low = Math.min(low, remainders[i]);
            high = Math.max(high, remainders[i]);
        }
        while (0 < wanted && wanted < size && low < high) {
            long middle = high - (high - low) / 2;
            int above = 0;
            for (int i = 0; i < size; i++) {
                above += remainders[i] >= middle ? 1 : 0;
            }
            boolean settled = above <= wanted;
            int kept = 0;
            for (int i = 0; i < size; i++) {
                boolean isAbove = remainders[i] >= middle;
                if (isAbove && settled) {
                    parts[candidates[i]]++;
                } else if (isAbove != settled) {
                    remainders[kept] = remainders[i];
                    candidates[kept] = candidates[i];
                    kept++;
                }
            }
            size = kept;
            if (settled) {
                wanted -= above;
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        for (int i = 0; i < wanted; i++) {
            parts[candidates[i]]++;
        }
    }

    /// Multiplies each weight, and returns a number that is at least the largest.
    private static long multiply(long[] weights, int from, int to, long step, long[] products) {
        long union = 0;
        for (int i = from; i < to; i++) {
            products[i] = weights[i] * step;
            union |= weights[i];
        }
        return union;
    }

    /// What the quotients add up to, each rounded down after an offset is added.
    private static long sumRounded(long[] quotients, int from, int to, long offset, int bits) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += (quotients[i] + offset) >>> bits;
        }
        return sum;
    }

    /// Rounds each quotient down after an offset is added, and returns what they would have added
    /// up to had each been larger by the error.
    private static long round(
            long[] quotients, int from, int to, long offset, long error, int bits) {
        long most = 0;
        for (int i = from; i < to; i++) {
            long quotient = quotients[i] + offset;
            quotients[i] = quotient >>> bits;
            most += (quotient + error) >>> bits;
        }
        return most;
    }
}
