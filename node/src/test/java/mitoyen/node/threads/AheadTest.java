package mitoyen.node.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /// Also where whoever closes was interrupted before, or is while he waits.
    @ParameterizedTest
    @ValueSource(strings = {"never", "before", "meanwhile"})
    void closingWaitsForTheTaskAtHandUndisturbedAndDropsTheRest(String when) throws Exception {
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
        AtomicBoolean interruptedAfter = new AtomicBoolean();
        Thread closing =
                Thread.ofPlatform()
                        .start(() -> {
                            if (when.equals("before")) {
                                Thread.currentThread().interrupt();
                            }
                            ahead.close();
                            interruptedAfter.set(Thread.currentThread().isInterrupted());
                        });
        while (closing.getState() != Thread.State.TIMED_WAITING
                && closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        if (when.equals("meanwhile")) {
            closing.interrupt();
            while (closing.isInterrupted()) {
                Thread.onSpinWait();
            }
        }
        mayEnd.countDown();
        closing.join();
        assertThat(interruptedAfter.get()).isEqualTo(!when.equals("never"));
        assertThat(disturbed).isFalse();
        assertThat(ended).hasValue(1);
    }
}
