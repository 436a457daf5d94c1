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

    /// @param told of the answer, once
    void add(Checked.Valid transaction, Consumer<Answer> told) {
        lock.lock();
        try {
            waiting.computeIfAbsent(transaction.sent(), _ -> Waiting.of(transaction))
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

    /// Those that wait longest, the eldest first.
    List<Waiting> list(int most) {
        lock.lock();
        try {
            return waiting.values().stream().limit(most).toList();
        } finally {
            lock.unlock();
        }
    }

    /// Tells all who wait for a transaction.
    ///
    /// @param sent the SHA-256 of its bytes as they were sent
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

    /// A transaction that waits.
    ///
    /// @param sinceNanos since when [ns of System.nanoTime()]
    /// @param told who wait for it; only touched under the lock
    record Waiting(Checked.Valid transaction, long sinceNanos, List<Consumer<Answer>> told) {
        private static Waiting of(Checked.Valid transaction) {
            return new Waiting(transaction, System.nanoTime(), new ArrayList<>());
        }
    }
}
