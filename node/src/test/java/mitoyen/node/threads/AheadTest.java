package mitoyen.node.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Tasks done ahead of whoever takes their results.
final class AheadTest {
    @Test
    void resultsComeInTheOrderOfTheTasks() throws IOException {
        try (Ahead<Integer> ahead = Ahead.on(4, "test-")) {
            for (int task = 0; task < 1_000; task++) {
                int number = task;
                ahead.give(() -> number);
            }
            assertThat(ahead.waiting()).isEqualTo(1_000);
            for (int task = 0; task < 1_000; task++) {
                assertThat(ahead.take()).isEqualTo(task);
            }
        }
    }

    @Test
    void aTaskThatFailsSaysWhyWhereItsResultIsTaken() throws IOException {
        try (Ahead<Integer> ahead = Ahead.on(1, "test-")) {
            ahead.give(() -> {
                throw new IOException("full");
            });
            ahead.give(() -> 2);
            assertThatIOException().isThrownBy(ahead::take).withMessage("full");
            assertThat(ahead.take()).isEqualTo(2);
        }
    }

    @Test
    void closingWaitsForTheTaskAtHandUndisturbedAndDropsTheRest() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean disturbed = new AtomicBoolean();
        AtomicInteger ended = new AtomicInteger();
        Ahead<Integer> ahead = Ahead.on(1, "test-");
        ahead.give(() -> {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException interrupted) {
                disturbed.set(true);
            }
            return ended.incrementAndGet();
        });
        ahead.give(ended::incrementAndGet);
        begun.await();
        Thread closing = Thread.ofPlatform().start(ahead::close);
        while (closing.getState() != Thread.State.TIMED_WAITING
                && closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        closing.join();
        assertThat(disturbed).isFalse();
        assertThat(ended).hasValue(1);
    }
}
