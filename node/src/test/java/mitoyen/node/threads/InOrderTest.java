package mitoyen.node.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InOrderTest {
    private static final int NUMBERS = 20_000;

    @Test
    void whatIsFilledOutOfOrderIsTakenInTheOrderOfThePlaces() throws InterruptedException {
        InOrder<String> order = new InOrder<>(3, String::length);
        var first = order.reserve();
        var second = order.reserve();
        var third = order.reserve();

        second.fill("b");
        assertThat(order.poll(9, 9)).isEmpty();
        first.fill("a");
        assertThat(order.take(9, 9)).containsExactly("a", "b");
        third.fill("c");
        assertThat(order.take(9, 9)).containsExactly("c");
        assertThat(order.size()).isZero();
    }

    @Test
    void aTakingIsBoundedInNumberAndWeightAndTakesAtLeastOne() throws InterruptedException {
        InOrder<String> order = new InOrder<>(9, String::length);
        for (String word : List.of("aaaa", "b", "b", "cc", "d")) {
            order.reserve().fill(word);
        }

        assertThat(order.take(9, 3)).containsExactly("aaaa");
        assertThat(order.take(9, 3)).containsExactly("b", "b");
        assertThat(order.take(1, 9)).containsExactly("cc");
        assertThat(order.take(9, 9)).containsExactly("d");
    }

    @Test
    void onceClosedWhatIsThereCanStillBeTakenAndThenNothing() throws InterruptedException {
        InOrder<String> order = new InOrder<>(9, String::length);
        var place = order.reserve();
        order.close();
        place.fill("a");

        assertThat(order.take(9, 9)).containsExactly("a");
        assertThat(order.take(9, 9)).isEmpty();
    }

    @Test
    void whoAwaitsTakesNothingAndIsWokenOrRunsOutOfPatience() throws InterruptedException {
        InOrder<String> order = new InOrder<>(9, String::length);
        var first = order.reserve();
        assertThat(order.await(Duration.ofMillis(1))).isFalse();

        order.wake();
        assertThat(order.await(Duration.ofDays(1))).isFalse();

        first.fill("a");
        assertThat(order.await(Duration.ofDays(1))).isTrue();
        assertThat(order.poll(9, 9)).containsExactly("a");

        order.close();
        assertThat(order.await(Duration.ofDays(1))).isFalse();
    }

    @Test
    void aPlaceIsFilledOnce() throws InterruptedException {
        var place = new InOrder<>(1, String::length).reserve();
        place.fill("a");

        assertThatThrownBy(() -> place.fill("b")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void manyThreadsHandOverInOneOrder() throws InterruptedException {
        InOrder<Integer> order = new InOrder<>(16, _ -> 1);
        FairQueue<Integer, Integer> numbers =
                new FairQueue<>(new FairQueue.Bounds(NUMBERS, NUMBERS, NUMBERS));
        IntStream.range(0, NUMBERS).forEach(number -> numbers.offer(0, number, 1));
        numbers.close();
        Object turn = new Object();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
                            .start(() -> carry(numbers, order, turn)));
        }

        List<Integer> taken = new ArrayList<>();
        while (taken.size() < NUMBERS) {
            taken.addAll(order.take(7, 7));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(taken).isEqualTo(IntStream.range(0, NUMBERS).boxed().toList());
    }

    private static void carry(
            FairQueue<Integer, Integer> numbers, InOrder<Integer> order, Object turn) {
        try {
            while (true) {
                int number;
                InOrder<Integer>.Place place;
                synchronized (turn) {
                    var next = numbers.take();
                    if (next.isEmpty()) {
                        return;
                    }
                    number = next.get();
                    place = order.reserve();
                }
                place.fill(number);
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
