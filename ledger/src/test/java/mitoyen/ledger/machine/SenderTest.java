package mitoyen.ledger.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// The bucket of an account (LE-93), against one that is looked at each millisecond.
class SenderTest {
    @RepeatedTest(50)
    void saysWhenThereIsRoom() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        TrafficLimits standard = TrafficLimits.STANDARD;
        TrafficLimits limits =
                new TrafficLimits(
                        standard.steps(),
                        standard.lanes(),
                        standard.validityMillis(),
                        standard.validityBlocks(),
                        random.nextInt(1, 20),
                        random.nextInt(1, 30),
                        standard.timersPerBlock());
        Sender sender = new Sender(new TreeMap<>(), random.nextInt(25), random.nextInt(100));
        long time = random.nextInt(200);
        for (int number = 0; number < 100; number++) {
            int steps = random.nextInt(1, limits.bucketSteps() + 1);
            time += random.nextInt(10) == 0 ? random.nextInt(1_000) : random.nextInt(3);
            long expected = time;
            while (sender.leaked(expected, limits.bucketMillis()).bucketSteps() + steps
                    > limits.bucketSteps()) {
                expected++;
            }
            time = sender.roomMillis(time, steps, limits);
            assertThat(time).as("seed %d, number %d", seed, number).isEqualTo(expected);
            sender = sender.leaked(time, limits.bucketMillis()).sent(0, number, steps);
        }
    }

    /// LE-151 allows it.
    @Test
    void aBucketThatLeaksNoMoreHasRoomAtTheEndOfTime() {
        TrafficLimits limits = new TrafficLimits(1, 1, 1, 1, 3, Long.MAX_VALUE, Integer.MAX_VALUE);
        Sender full = new Sender(new TreeMap<>(), 3, 5);
        assertThat(full.roomMillis(10, 1, limits)).isEqualTo(Long.MAX_VALUE);
        assertThat(full.roomMillis(10, 3, limits)).isEqualTo(Long.MAX_VALUE);
    }
}
