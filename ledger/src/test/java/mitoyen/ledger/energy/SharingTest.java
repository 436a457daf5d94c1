package mitoyen.ledger.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.ledger.quantity.Share;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// EN-20 to EN-27: the sharing keys, an interval a line. Meters are m0, m1 and so on.
class SharingTest {
    @ParameterizedTest(name = "{0}: {1} share {2}: allocated {3}, sold {4} ({5})")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    conserving | 10 20 30 0 | 0 0 0 10 | 2 3 5 0   | 0 0 0 10  | EN-21: T = sum P = 10: 1 r40, 3 r20, 5 r0
                    conserving | 1 2 0 0    | 0 0 4 5  | 1 2 0 0   | 0 0 1 2   | T = sum C = 3 over 4, 5: 1 r3, 1 r6
                    conserving | 5 0        | 0 5      | 5 0       | 0 5       | as much as is wanted
                    conserving | 5 5        | 0 0      | 0 0       | 0 0       | no production
                    conserving | 0 0        | 5 5      | 0 0       | 0 0       | no consumption
                    conserving | 1 1 1 0    | 0 0 0 1  | 1 0 0 0   | 0 0 0 1   | one unit over three: the earliest
                    conserving | 4 0        | 3 0      | 3 0       | 3 0       | a meter that does both
                    static 0.5 0.3 0   | 100 100 0 | 0 0 100  | 50 30 0  | 0 0 80   | EN-22: coefficients; the rest is surplus
                    static 0.5 0.3 0   | 10 100 0  | 0 0 100  | 10 30 0  | 0 0 40   | at most what is consumed; not dealt again
                    static 0.5 0.5 0 0 | 9 9 0 0   | 0 0 2 1  | 1 1 0 0  | 0 0 1 1  | floor(3 * 0.5) = 1; 2 over 2, 1: 1 r1, 0 r2
                    static 1 0         | 5 5       | 0 5      | 5 0      | 0 5      | one takes all; m1 has no coefficient above 0
                    static 0.333333 0  | 9 0       | 0 3      | 0 0      | 0 0      | floor(0.999999) = 0
                    static 0.5 0.5     | 5 5       | 0 0      | 0 0      | 0 0      | no production
                    at-dso | 1 1 0     | 0 0 1    | 1 1 0    | 0 0 1    | EN-25: HALF_UP(0.5) = 1 twice: rounding -1
                    at-dso | 1 1 1 0   | 0 0 0 1  | 0 0 0 0  | 0 0 0 0  | HALF_UP(0.333) = 0; surplus 1
                    at-dso | 1 0 0     | 0 1 1    | 1 0 0    | 0 0 0    | surplus HALF_UP((2 - 1) * 1/2) = 1 each: rounding -1
                    at-dso | 2 1 0     | 0 0 9    | 2 1 0    | 0 0 3    | capped at consumption
                    at-dso | 3 3 3 0   | 0 0 0 5  | 2 2 2 0  | 0 0 0 5  | 3 * 1.667 -> 6 > 5; surplus -1 -> 0
                    at-dso | 0 0       | 4 4      | 0 0      | 0 0      | a zero divisor gives 0
                    at-dso | 4 4       | 0 0      | 0 0      | 0 0      | a zero divisor gives 0
                    """)
    void sharesByTheRule(
            String key, String consumption, String production, String allocated, String sold) {
        DayAllocation allocation = share(key, longs(consumption), longs(production));
        assertThat(allocation.allocated()).containsExactly(longs(allocated));
        assertThat(allocation.sold()).containsExactly(longs(sold));
    }

    @Test
    void sharesEachIntervalAlone() {
        DayReadings readings =
                new DayReadings(
                        2, 2, new long[] {5, 0, 5, 0}, new long[] {0, 3, 0, 9}, Optional.empty());
        DayAllocation allocation = Sharing.allocate(key("conserving"), roster(2), readings);
        assertThat(allocation.allocated()).containsExactly(3, 0, 5, 0);
        assertThat(allocation.sold()).containsExactly(0, 3, 0, 5);
    }

    @Test
    void keepsExactWhereProductsExceedALong() {
        long[] consumption = {4_000_000_000_000L, 4_000_000_000_001L, 0};
        long[] production = {0, 0, 7_000_000_000_000L};
        DayAllocation allocation = share("conserving", consumption, production);
        // 7E12 * 4E12 / (8E12 + 1) = 3.5E12 - 0.4375 - ..., and the other 3.5E12 + 0.4375.
        assertThat(allocation.allocated())
                .containsExactly(3_500_000_000_000L, 3_500_000_000_000L, 0);
        assertThat(share("at-dso", consumption, production).allocated())
                .containsExactly(3_500_000_000_000L, 3_500_000_000_000L, 0);
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        DayReadings readings = new DayReadings(1, 2, new long[2], new long[2], Optional.empty());
        assertThatThrownBy(() -> Sharing.allocate(key("conserving"), roster(3), readings))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> Sharing.allocate(new SharingKey.FromOperator(), roster(2), readings))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> share("conserving", new long[] {Long.MAX_VALUE, 1}, new long[2]))
                .isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest(name = "{0} {1}, allocated {2} {3}: {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    5 5 0   | 0 0 9   | 4 4 0 | 0 0 8  |                    | EN-26: within everything
                    5 5 0   | 0 0 9   | 5 6 0 | 0 0 9  | 0 meter 1 ALLOCATED | above consumption
                    5 5 0   | 0 0 9   | 4 4 0 | 0 1 9  | 0 meter 1 SOLD      | above production
                    5 5 0   | 0 9 9   | 4 4 0 | 0 5 5  |                     | leak 2, bound 5 / 2 = 2
                    5 5 0   | 0 9 9   | 4 4 0 | 0 5 6  | 0 all ROUNDING      | EN-27: leak 3
                    5 5 0   | 0 9 9   | 5 5 0 | 0 3 4  | 0 all ROUNDING      | leak -3
                    5 5 0 0 | 0 0 9 9 | 5 5 0 0 | 0 0 7 6 |                  | four meters: 3 is within 4 / 2 + 1
                    5 5 0 0 | 0 0 9 9 | 5 5 0 0 | 0 0 7 7 | 0 all ROUNDING   | and 4 is not
                    """)
    void findsWhatAnOperatorsSplitBreaks(
            String consumption, String production, String allocated, String sold, String found) {
        long[] consumed = longs(consumption);
        DayReadings readings =
                new DayReadings(
                        1,
                        consumed.length,
                        consumed,
                        longs(production),
                        Optional.of(new DayAllocation(longs(allocated), longs(sold))));
        assertThat(Sharing.findViolation(readings).map(SharingTest::text))
                .isEqualTo(Optional.ofNullable(found));
    }

    @Test
    void namesTheFirstViolationByInterval() {
        DayAllocation split = new DayAllocation(new long[] {0, 0, 9, 9}, new long[] {0, 0, 9, 9});
        DayReadings readings =
                new DayReadings(
                        2, 2, new long[] {1, 1, 1, 1}, new long[] {1, 1, 1, 1}, Optional.of(split));
        assertThat(Sharing.findViolation(readings).map(SharingTest::text))
                .contains("1 meter 0 ALLOCATED");
    }

    private static String text(Sharing.Violation violation) {
        String where =
                violation.place().isPresent() ? "meter " + violation.place().getAsInt() : "all";
        return violation.interval() + " " + where + " " + violation.rule();
    }

    private static DayAllocation share(String key, long[] consumption, long[] production) {
        int meters = consumption.length;
        return Sharing.allocate(
                key(key),
                roster(meters),
                new DayReadings(1, meters, consumption, production, Optional.empty()));
    }

    private static SharingKey key(String text) {
        String[] words = text.split(" ", -1);
        return switch (words[0]) {
            case "conserving" -> new SharingKey.ProRata(SharingKey.Rounding.CONSERVING);
            case "at-dso" -> new SharingKey.ProRata(SharingKey.Rounding.AT_DSO);
            case "static" -> {
                SortedMap<String, Share> coefficients = new TreeMap<>();
                for (int meter = 0; meter < words.length - 1; meter++) {
                    long share = Decimals.parseMillionths(words[meter + 1]);
                    coefficients.put("m" + meter, new Share(share));
                }
                yield new SharingKey.Static(coefficients);
            }
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Roster roster(int meters) {
        return new Roster(
                meters,
                IntStream.range(0, meters)
                        .mapToObj(meter -> new Roster.Place("m" + meter, meter))
                        .toList());
    }

    private static long[] longs(String text) {
        return Arrays.stream(text.trim().split(" +", -1)).mapToLong(Long::parseLong).toArray();
    }
}
