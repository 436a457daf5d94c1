package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaleTimesTest { // CE-8
    private static final long HOUR = 3_600_000;
    private static final int VALIDATORS = 4;

    /// Validators that propose in turn, and a block's votes cast when it has taken its time.
    private static final class Chain {
        private final List<StaleTimes> validators = new ArrayList<>();
        private long now = 1_000 * HOUR;
        private long below = now - 1_000;
        private long time = now;
        private int height;

        Chain() {
            for (int i = 0; i < VALIDATORS; i++) {
                validators.add(new StaleTimes());
            }
        }

        /// Decides a block.
        ///
        /// @param clockMillis how far its proposer's clock is ahead
        /// @return whether it may hold something
        boolean decide(long takesMillis, long clockMillis) {
            StaleTimes proposer = validators.get(height % VALIDATORS);
            boolean filled = !proposer.passes(now + clockMillis, time, OptionalLong.of(below));
            height++;
            now += takesMillis;
            below = time;
            time = now;
            return filled;
        }
    }

    @Test
    void theFirstBlockAfterASleepIsLetGoByAndTheNextIsFilled() {
        Chain chain = new Chain();
        for (int sleep = 0; sleep < 10; sleep++) {
            assertThat(chain.decide(500, 0)).as("busy").isTrue();
            assertThat(chain.decide(500, 0)).as("the block that signs its root").isTrue();
            chain.now += 10 * HOUR;
            assertThat(chain.decide(500, 0)).as("after a sleep").isFalse();
            assertThat(chain.decide(500, 0)).as("awake").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {500, 5_000, 9_000, 10_001, 15_000, 30_000, 120_000})
    void whereEveryBlockTakesLongOneOfTwoIsFilled(long takesMillis) {
        Chain chain = new Chain();
        chain.now += 10 * HOUR;
        boolean before = chain.decide(takesMillis, 0);
        for (int block = 0; block < 100; block++) {
            // Votes are cast while a block is on its way, so that the next is late by some of it.
            chain.now += takesMillis;
            boolean filled = chain.decide(takesMillis, 0);
            assertThat(before || filled).as("block " + block).isTrue();
            before = filled;
        }
    }

    @Test
    void aClockThatIsAheadLetsABlockGoByOnceInTenSeconds() {
        Chain chain = new Chain();
        int filled = 0;
        for (int block = 0; block < 400; block++) {
            filled += chain.decide(1_000, HOUR) ? 1 : 0;
        }
        assertThat(filled).isGreaterThanOrEqualTo(200);
    }

    @Test
    void aNodeThatHasJustStartedLetsALateBlockGoByOnce() {
        StaleTimes node = new StaleTimes();
        assertThat(node.passes(20 * HOUR, 10 * HOUR, OptionalLong.empty())).isTrue();
        assertThat(node.passes(20 * HOUR + 1, 10 * HOUR, OptionalLong.empty())).isFalse();
        assertThat(node.passes(20 * HOUR, 20 * HOUR, OptionalLong.empty())).isFalse();
    }
}
