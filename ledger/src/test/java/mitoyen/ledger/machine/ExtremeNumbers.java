package mitoyen.ledger.machine;

import java.util.Random;

/// Numbers at the ends of their range, as a seed says.
final class ExtremeNumbers {
    private static final long DAY_MILLIS = 86_400_000;

    private final Random random;

    ExtremeNumbers(long seed) {
        this.random = new Random(seed);
    }

    /// An amount, a height, whatever has 64 bits: mostly above 0.
    long number() {
        return oneOf(
                1L,
                10_000L,
                10_000L,
                Long.MAX_VALUE / 2,
                Long.MAX_VALUE / 10_000 * 10_000,
                Long.MAX_VALUE - 1,
                Long.MAX_VALUE,
                seldom(4) ? oneOf(Long.MIN_VALUE, Long.MIN_VALUE + 1, -1L, 0L) : 2L);
    }

    /// An instant near now, or anywhere [ms since 1970].
    long time(long nowMillis) {
        long room = Long.MAX_VALUE - nowMillis;
        return oneOf(
                nowMillis - 1,
                nowMillis,
                nowMillis + Math.min(room, 1),
                nowMillis + Math.min(room, 10 * DAY_MILLIS),
                number());
    }

    /// Once in so many times.
    boolean seldom(int times) {
        return random.nextInt(times) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    void fill(byte[] bytes) {
        random.nextBytes(bytes);
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
