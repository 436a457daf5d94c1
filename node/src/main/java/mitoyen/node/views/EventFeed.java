package mitoyen.node.views;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The latest events, for those who follow along; older ones are in the tables.
///
/// Readers pull. A slow one never holds anyone up: it is told that what it wants is no longer here.
public final class EventFeed {
    private final int kept;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<EventRow> recent = new ArrayDeque<>();
    private EventPosition before;
    private boolean closed;

    /// @param kept how many events are kept, at least 1
    /// @param before the position of the last event that was there before
    EventFeed(int kept, EventPosition before) {
        this.kept = kept;
        this.before = before;
    }

    /// Adds events, in order.
    void publish(List<EventRow> events) {
        lock.lock();
        try {
            for (EventRow event : events) {
                if (recent.size() == kept) {
                    before = recent.remove().position();
                }
                recent.add(event);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Forgets everything: the tables begin anew.
    ///
    /// @param start where they do
    void clear(EventPosition start) {
        lock.lock();
        try {
            recent.clear();
            before = start;
        } finally {
            lock.unlock();
        }
    }

    /// Where the last event stands.
    public EventPosition end() {
        lock.lock();
        try {
            return lastPosition();
        } finally {
            lock.unlock();
        }
    }

    /// The events behind a position, at most so many; nothing where they no longer reach back to
    /// it, and the tables must be asked.
    public Optional<List<EventRow>> findAfter(EventPosition position, int most) {
        lock.lock();
        try {
            return position.compareTo(before) < 0
                    ? Optional.empty()
                    : Optional.of(
                            recent.stream()
                                    .filter(event -> event.position().compareTo(position) > 0)
                                    .limit(most)
                                    .toList());
        } finally {
            lock.unlock();
        }
    }

    /// Waits until there is an event behind a position.
    ///
    /// @param patience how long to wait at most
    /// @return false once the feed is closed
    public boolean await(EventPosition position, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (!closed && nanos > 0 && lastPosition().compareTo(position) <= 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /// Lets everyone go who waits.
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private EventPosition lastPosition() {
        return recent.isEmpty() ? before : recent.getLast().position();
    }
}
