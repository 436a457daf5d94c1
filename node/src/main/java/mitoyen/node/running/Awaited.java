package mitoyen.node.running;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mitoyen.ledger.proof.Digest;

/// Who waits for which transaction to come into a block, those first who came first. For any
/// thread.
final class Awaited {
    private final ReentrantLock lock = new ReentrantLock();
    private final SequencedMap<Digest, Waiting> waiting = new LinkedHashMap<>();

    /// @param sent the SHA-256 of the bytes that were sent
    /// @param told of the answer, once
    void add(Digest sent, Consumer<Answer> told) {
        lock.lock();
        try {
            waiting.computeIfAbsent(sent, _ -> new Waiting(System.nanoTime(), new ArrayList<>()))
                    .told
                    .add(told);
        } finally {
            lock.unlock();
        }
    }

    /// Whether nobody waits.
    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Tells all who wait for a transaction.
    void complete(Digest sent, Answer answer) {
        List<Consumer<Answer>> told;
        lock.lock();
        try {
            Waiting found = waiting.remove(sent);
            told = found == null ? List.of() : found.told;
        } finally {
            lock.unlock();
        }
        told.forEach(each -> each.accept(answer));
    }

    /// Tells all who wait for long that nothing is known.
    void giveUpOlderThan(Duration patience) {
        long now = System.nanoTime();
        List<Consumer<Answer>> told = new ArrayList<>();
        lock.lock();
        try {
            Map.Entry<Digest, Waiting> eldest = waiting.firstEntry();
            while (eldest != null && now - eldest.getValue().sinceNanos > patience.toNanos()) {
                waiting.pollFirstEntry();
                told.addAll(eldest.getValue().told);
                eldest = waiting.firstEntry();
            }
        } finally {
            lock.unlock();
        }
        told.forEach(each -> each.accept(new Answer.Unknown()));
    }

    /// Tells all that nothing is known.
    void giveUp() {
        giveUpOlderThan(Duration.ofNanos(-1));
    }

    private record Waiting(long sinceNanos, List<Consumer<Answer>> told) {}
}
