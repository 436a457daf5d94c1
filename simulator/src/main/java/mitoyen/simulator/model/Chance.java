package mitoyen.simulator.model;

import java.util.List;

/// Chance in the simulator: a sequence that follows from a seed and a path of numbers.
///
/// SplitMix64 (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014),
/// written out so that no release of a JDK changes a simulated day. A path such as (home, day)
/// gives each use its own sequence: what one home draws does not shift what the next one draws.
public final class Chance {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    private Chance(long state) {
        this.state = state;
    }

    /// The sequence that belongs to a seed and a path.
    public static Chance of(long seed, long... path) {
        long state = mix(seed + GOLDEN);
        for (long step : path) {
            state = mix(state ^ mix(step + GOLDEN));
        }
        return new Chance(state);
    }

    /// Any 64 bits.
    public long next() {
        state += GOLDEN;
        return mix(state);
    }

    /// A whole number of at least 0 and below a bound of at least 1.
    public int below(int bound) {
        return (int) Math.unsignedMultiplyHigh(next(), bound);
    }

    /// A whole number of at least 0 and below a bound of at least 1.
    public long below(long bound) {
        return Math.unsignedMultiplyHigh(next(), bound);
    }

    /// A whole number from the least to the most, both included.
    public int from(int least, int most) {
        return least + below(most - least + 1);
    }

    /// One of these, each as likely as the next.
    public <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /// So many bytes.
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) next();
        }
        return bytes;
    }

    /// Whether something happens that happens so many times out of so many.
    public boolean happens(int times, int outOf) {
        return below(outOf) < times;
    }

    /// A number of at least 0 and below 1.
    public double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /// A number between two.
    public double between(double least, double most) {
        return least + (most - least) * unit();
    }

    private static long mix(long value) {
        long once = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
        return twice ^ (twice >>> 31);
    }
}
