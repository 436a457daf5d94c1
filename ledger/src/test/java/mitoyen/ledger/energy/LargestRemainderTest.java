package mitoyen.ledger.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// EN-10 to EN-13: dealing a total by largest remainder.
class LargestRemainderTest {
    private static final long SEED = 20260714;

    @ParameterizedTest(name = "{0} over {1} gives {2}: {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    10 | 1 2 3            | 2 3 5     | 10/6, 20/6, 30/6: remainders 4, 2, 0; 1 missing
                    1  | 1 1 1            | 1 0 0     | a tie goes to the earlier
                    2  | 1 1 1            | 1 1 0     | two units over three equals: the two earlier
                    5  | 2 2 2 2          | 2 1 1 1   | one each and one missing: the first
                    1  | 0 0 7            | 0 0 1     | a weight of 0 receives nothing
                    1  | 0 1 0 1          | 0 1 0 0   | a tie among those that weigh
                    6  | 1 2 3            | 1 2 3     | total = sum: the weights themselves
                    0  | 5 6 7            | 0 0 0     | nothing to deal
                    0  | 0 0              | 0 0       | nothing over nothing
                    3  | 9                | 3         | one weight takes all
                    7  | 1 2              | 2 5       | 7/3, 14/3: remainders 1, 2; the total may exceed the sum
                    9  | 1 2              | 3 6       | a multiple of the sum
                    1  | 1 2 3 4          | 0 0 0 1   | one unit: the largest remainder, not the first
                    2  | 3 3 1 1          | 1 1 0 0   | 6/8, 6/8, 2/8, 2/8
                    4  | 3 3 1 1          | 2 2 0 0   | 12/8, 12/8, 4/8, 4/8: four equal remainders, 2 missing
                    7  | 3 5 6            | 2 2 3     | 21/14, 35/14, 42/14: remainders 7, 7, 0
                    """)
    void dealsByTheRule(long total, String weights, String parts, String why) {
        assertThat(deal(total, longs(weights))).as(why).containsExactly(longs(parts));
    }

    @ParameterizedTest(name = "{0} over {1} gives {2}: {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2147483646 | 1073741823 1073741824 | 1073741823 1073741823 | sum 2^31 - 1: the last fast one
                    2147483647 | 1073741824 1073741824 | 1073741824 1073741823 | sum 2^31: the first wide one, a tie
                    4000000000000000000 | 3000000000000000000 3000000000000000001 | 2000000000000000000 2000000000000000000 | a product of 124 bits; remainders 4E18 + 1 and 2E18
                    """)
    void dealsWhereProductsExceedALong(long total, String weights, String parts, String why) {
        assertThat(deal(total, longs(weights)))
                .as(why)
                .containsExactly(naive(total, longs(weights)))
                .containsExactly(longs(parts));
    }

    @Test
    void refusesATotalWithNobodyToReceiveIt() {
        assertThatThrownBy(() -> deal(1, new long[] {0, 0}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> deal(-1, new long[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesEverythingOutsideItsRangeAlone() {
        long[] weights = {9, 1, 1, 9};
        long[] parts = {-7, -7, -7, -7};
        new LargestRemainder(2).deal(1, weights, 1, 2, 2, parts);
        assertThat(parts).containsExactly(-7, 1, 0, -7);
    }

    /// Shapes that chance does not give: most weights 0, all equal, few distinct, one far above the
    /// rest, remainders all in one half; sums from 1 to near 2^62, totals from 0 to above the sum.
    @Test
    void agreesWithSortingInWholeNumbers() {
        Random random = new Random(SEED);
        LargestRemainder remainder = new LargestRemainder(300);
        for (int round = 0; round < 30_000; round++) {
            long[] weights = weights(random);
            long sum = LongStream.of(weights).sum();
            long total = total(random, sum);
            long[] parts = new long[weights.length];
            remainder.deal(total, weights, 0, weights.length, sum, parts);
            assertThat(parts)
                    .as(
                            "seed %d round %d: %d over %s",
                            SEED, round, total, Arrays.toString(weights))
                    .containsExactly(naive(total, weights));
            assertThat(LongStream.of(parts).sum()).isEqualTo(total);
        }
    }

    private static long[] weights(Random random) {
        int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 12);
        int bits = 1 + random.nextInt(random.nextInt(3) == 0 ? 53 : 22);
        int shape = random.nextInt(6);
        long common = random.nextLong(1L << bits);
        return IntStream.range(0, count)
                .mapToLong(i ->
                        switch (shape) {
                            case 0 -> common;
                            case 1 -> random.nextInt(20) == 0 ? random.nextLong(1L << bits) : 0;
                            case 2 -> common + random.nextInt(3);
                            case 3 -> i == count / 2 ? 1L << bits : random.nextInt(50);
                            default -> random.nextLong(1L << bits);
                        })
                .toArray();
    }

    private static long total(Random random, long sum) {
        if (sum == 0) {
            return 0;
        }
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> sum;
            case 3 -> sum - 1;
            case 4 -> sum + random.nextInt(5);
            case 5 -> Math.min(Long.MAX_VALUE / 4, sum * 3 + 1);
            default -> random.nextLong(sum);
        };
    }

    /// The rule as the issue words it, by sorting, in numbers without a limit.
    private static long[] naive(long total, long[] weights) {
        BigInteger sum =
                LongStream.of(weights)
                        .mapToObj(BigInteger::valueOf)
                        .reduce(BigInteger.ZERO, BigInteger::add);
        long[] parts = new long[weights.length];
        if (sum.signum() == 0) {
            return parts;
        }
        List<BigInteger[]> divisions = new ArrayList<>();
        for (long weight : weights) {
            divisions.add(
                    BigInteger.valueOf(total)
                            .multiply(BigInteger.valueOf(weight))
                            .divideAndRemainder(sum));
        }
        long missing = total;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = divisions.get(i)[0].longValueExact();
            missing -= parts[i];
        }
        IntStream.range(0, parts.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> divisions.get(i)[1]).reversed())
                .limit(missing)
                .forEach(i -> parts[i]++);
        return parts;
    }

    private static long[] deal(long total, long[] weights) {
        long[] parts = new long[weights.length];
        new LargestRemainder(weights.length)
                .deal(total, weights, 0, weights.length, LongStream.of(weights).sum(), parts);
        return parts;
    }

    private static long[] longs(String text) {
        return Arrays.stream(text.trim().split(" +")).mapToLong(Long::parseLong).toArray();
    }
}
