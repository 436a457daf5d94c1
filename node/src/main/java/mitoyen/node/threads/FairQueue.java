package mitoyen.node.threads;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A bounded queue in which every sender has a line of his own, and the lines take turns: whoever
/// sends a hundred times his share waits behind himself, not others behind him.
///
/// Within a line the order is that of arrival.
///
/// @param <S> a sender
/// @param <T> what is sent
public final class FairQueue<S, T> {
    private final Bounds bounds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final SequencedMap<S, Deque<Sent<T>>> lines = new LinkedHashMap<>();
    private int count;
    private long bytes;
    private boolean closed;

    /// @param bounds what may wait
    public FairQueue(Bounds bounds) {
        this.bounds = bounds;
    }

    /// What may wait at once.
    ///
    /// @param items of all senders together
    /// @param itemsOfSender of one sender
    /// @param bytes of all together
    public record Bounds(int items, int itemsOfSender, long bytes) {}

    /// What became of an offer.
    public enum Admission {
        /// It waits in its line.
        ADMITTED,
        /// The sender's own line is full.
        SENDER_FULL,
        /// Too much waits already.
        FULL,
        /// Nothing is taken any more.
        CLOSED
    }

    /// Puts something at the end of its sender's line, if there is room; never waits.
    ///
    /// @param size what it counts against the bound on bytes
    public Admission offer(S sender, T item, int size) {
        lock.lock();
        try {
            Admission admission = admission(sender, size);
            if (admission == Admission.ADMITTED) {
                lines.computeIfAbsent(sender, _ -> new ArrayDeque<>()).add(new Sent<>(item, size));
                count++;
                bytes += size;
                arrived.signal();
            }
            return admission;
        } finally {
            lock.unlock();
        }
    }

    /// The first of the line whose turn it is; waits until there is one.
    ///
    /// @return empty once it is closed and nothing waits
    public Optional<T> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (lines.isEmpty() && !closed) {
                arrived.await();
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    /// The same without waiting: empty where nothing waits.
    public Optional<T> poll() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    /// How many wait.
    public int size() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /// Takes nothing more in; what waits can still be taken out.
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Admission admission(S sender, int size) {
        if (closed) {
            return Admission.CLOSED;
        }
        Deque<Sent<T>> line = lines.get(sender);
        if (line != null && line.size() >= bounds.itemsOfSender) {
            return Admission.SENDER_FULL;
        }
        return count >= bounds.items || bytes + size > bounds.bytes
                ? Admission.FULL
                : Admission.ADMITTED;
    }

    /// A line that was served goes to the end of the lines.
    private Optional<T> next() {
        Map.Entry<S, Deque<Sent<T>>> turn = lines.pollFirstEntry();
        if (turn == null) {
            return Optional.empty();
        }
        Sent<T> sent = turn.getValue().remove();
        if (!turn.getValue().isEmpty()) {
            lines.putLast(turn.getKey(), turn.getValue());
        }
        count--;
        bytes -= sent.size;
        return Optional.of(sent.item);
    }

    private record Sent<T>(T item, int size) {}
}
