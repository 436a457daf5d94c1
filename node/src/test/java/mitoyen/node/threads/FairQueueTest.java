package mitoyen.node.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.node.threads.FairQueue.Admission;
import mitoyen.node.threads.FairQueue.Bounds;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    @Test
    void whoSendsAHundredTimesHisShareWaitsBehindHimself() {
        FairQueue<String, String> queue = new FairQueue<>(new Bounds(1_000, 100, 1_000));
        for (int i = 0; i < 100; i++) {
            queue.offer("loud", "loud " + i, 1);
        }
        queue.offer("ana", "ana 0", 1);
        queue.offer("bea", "bea 0", 1);
        queue.offer("ana", "ana 1", 1);

        assertThat(takeAll(queue).subList(0, 6))
                .containsExactly("loud 0", "ana 0", "bea 0", "loud 1", "ana 1", "loud 2");
    }

    @Test
    void whatASenderSendsKeepsItsOrder() {
        FairQueue<String, String> queue = new FairQueue<>(new Bounds(1_000, 100, 1_000));
        for (int i = 0; i < 20; i++) {
            queue.offer(i % 3 == 0 ? "ana" : "bea", "%02d".formatted(i), 1);
        }

        List<String> all = takeAll(queue);
        assertThat(all.stream().filter(text -> Integer.parseInt(text) % 3 == 0)).isSorted();
        assertThat(all.stream().filter(text -> Integer.parseInt(text) % 3 != 0)).isSorted();
        assertThat(all).hasSize(20);
    }

    @Test
    void everyBoundIsKeptAndGivesRoomAgain() {
        FairQueue<String, String> queue = new FairQueue<>(new Bounds(3, 2, 10));

        assertThat(queue.offer("ana", "1", 1)).isEqualTo(Admission.ADMITTED);
        assertThat(queue.offer("ana", "2", 1)).isEqualTo(Admission.ADMITTED);
        assertThat(queue.offer("ana", "3", 1)).isEqualTo(Admission.SENDER_FULL);
        assertThat(queue.offer("bea", "4", 9)).isEqualTo(Admission.FULL);
        assertThat(queue.offer("bea", "4", 8)).isEqualTo(Admission.ADMITTED);
        assertThat(queue.offer("cem", "5", 0)).isEqualTo(Admission.FULL);
        assertThat(queue.size()).isEqualTo(3);

        assertThat(queue.poll()).contains("1");
        assertThat(queue.offer("ana", "3", 1)).isEqualTo(Admission.ADMITTED);
        queue.close();
        assertThat(queue.offer("cem", "5", 0)).isEqualTo(Admission.CLOSED);
        assertThat(takeAll(queue)).containsExactly("4", "2", "3");
        assertThat(queue.poll()).isEqualTo(Optional.empty());
    }

    private static List<String> takeAll(FairQueue<String, String> queue) {
        List<String> all = new ArrayList<>();
        for (var next = queue.poll(); next.isPresent(); next = queue.poll()) {
            all.add(next.get());
        }
        return all;
    }
}
