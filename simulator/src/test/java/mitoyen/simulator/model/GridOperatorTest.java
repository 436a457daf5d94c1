package mitoyen.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import org.junit.jupiter.api.Test;

class GridOperatorTest {
    @Test
    void each_value_is_rounded_alone_with_halves_up() {
        // Three consumers of 1 share 2: each 0.67, rounded to 1, so 3 of 2 are covered.
        assertThat(allocated(array(1, 1, 1), array(2, 0, 0))).containsExactly(1, 1, 1);
        // Two of 1 share 1: each 0.5, rounded up.
        assertThat(allocated(array(1, 1, 0), array(0, 0, 1))).containsExactly(1, 1, 0);
        // Nobody gets more than he consumes, and the rest is surplus by production.
        DayAllocation plenty = split(array(10, 20, 0), array(60, 0, 30));
        assertThat(plenty.allocated()).containsExactly(10, 20, 0);
        assertThat(plenty.sold()).containsExactly(20, 0, 10);
    }

    @Test
    void nothing_is_split_where_nobody_consumes_or_nobody_produces() {
        assertThat(split(array(0, 0), array(5, 7)).sold()).containsExactly(0, 0);
        assertThat(split(array(5, 7), array(0, 0)).allocated()).containsExactly(0, 0);
    }

    @Test
    void a_rounding_leaks_at_most_a_unit_more_than_half_the_meters() {
        for (long seed = 0; seed < 2_000; seed++) {
            Chance chance = Chance.of(seed);
            int meters = 1 + chance.below(12);
            long[] consumption = new long[meters];
            long[] production = new long[meters];
            for (int meter = 0; meter < meters; meter++) {
                consumption[meter] = chance.below(1 + chance.below(4_000_000));
                production[meter] = chance.happens(1, 3) ? chance.below(5_000_000) : 0;
            }
            DayAllocation split = split(consumption, production);
            long leak = 0;
            for (int meter = 0; meter < meters; meter++) {
                assertThat(split.allocated()[meter])
                        .as("seed %d", seed)
                        .isBetween(0L, consumption[meter]);
                assertThat(split.sold()[meter])
                        .as("seed %d", seed)
                        .isBetween(0L, production[meter]);
                leak += split.sold()[meter] - split.allocated()[meter];
            }
            assertThat(Math.abs(leak)).as("seed %d", seed).isLessThanOrEqualTo(meters / 2 + 1);
        }
    }

    private static long[] allocated(long[] consumption, long[] production) {
        return split(consumption, production).allocated();
    }

    private static DayAllocation split(long[] consumption, long[] production) {
        DayReadings readings =
                new DayReadings(1, consumption.length, consumption, production, Optional.empty());
        return GridOperator.split(readings).operatorSplit().orElseThrow();
    }

    private static long[] array(long... values) {
        return values;
    }
}
