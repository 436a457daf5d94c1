package mitoyen.node.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.node.threads.FairQueue.Bounds;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/// The way from the fair queue over two verifying threads to the one that executes, in each
/// interleaving that Lincheck's model checker comes to: no wake-up is lost, no order changed.
class HandOverModelTest {
    private static final int INTERLEAVINGS = 100;

    @Test
    void everyThreadComesToItsEndAndWhatComesOutIsInOrder() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, HandOverModelTest::handOver);
    }

    private static void handOver() {
        FairQueue<String, Integer> queue = new FairQueue<>(new Bounds(2, 2, 2));
        InOrder<Integer> order = new InOrder<>(1, _ -> 1);
        Object turn = new Object();
        Thread one = new Thread(() -> verify(queue, order, turn));
        Thread two = new Thread(() -> verify(queue, order, turn));
        one.start();
        two.start();
        queue.offer("ana", 1, 1);
        queue.offer("ana", 2, 1);
        queue.close();
        List<Integer> taken = new ArrayList<>();
        try {
            while (taken.size() < 2) {
                taken.addAll(order.take(2, 2));
            }
            one.join();
            two.join();
            order.close();
            check(order.take(2, 2).isEmpty());
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        check(taken.equals(List.of(1, 2)));
    }

    private static void verify(
            FairQueue<String, Integer> queue, InOrder<Integer> order, Object turn) {
        try {
            while (true) {
                Optional<Integer> next;
                InOrder<Integer>.Place place;
                synchronized (turn) {
                    next = queue.take();
                    if (next.isEmpty()) {
                        return;
                    }
                    place = order.reserve();
                }
                place.fill(next.get());
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /// Lincheck follows every call, and AssertJ's objects refuse to be compared as it does.
    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("lost or out of order");
        }
    }
}
