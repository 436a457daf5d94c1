package mitoyen.node.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What a running neighbourhood tells its page, one interval at a time.
///
/// Whoever runs the neighbourhood publishes; pages wait for what is newer than what they have. A
/// slow page skips intervals and never holds anyone up.
public final class LiveFeed {
    private static final int KEPT = 24 * 12;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Interval> recent = new ArrayList<>();
    private long count;
    private boolean closed;

    /// One interval of the whole neighbourhood.
    ///
    /// @param start its start
    /// @param length its length
    /// @param members what each did, in the order of the community's file
    public record Interval(Instant start, Duration length, List<MemberInterval> members) {
        public Interval {
            members = List.copyOf(members);
        }

        /// What all did together.
        public Use total() {
            return members.stream().map(MemberInterval::use).reduce(Use.NONE, Use::plus);
        }
    }

    /// What one member did.
    ///
    /// @param member his id
    /// @param use his energy of the interval
    public record MemberInterval(String member, Use use) {}

    /// What a page sees when it looks.
    ///
    /// @param count how many intervals were ever published
    /// @param recent the latest ones, a day's at most, by rising start
    public record View(long count, List<Interval> recent) {
        public View {
            recent = List.copyOf(recent);
        }

        /// The latest interval.
        public Optional<Interval> latest() {
            return recent.isEmpty() ? Optional.empty() : Optional.of(recent.getLast());
        }
    }

    /// Tells of an interval that has just ended.
    public void publish(Interval interval) {
        lock.lock();
        try {
            if (recent.size() == KEPT) {
                recent.removeFirst();
            }
            recent.add(interval);
            count++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What is known now.
    public View now() {
        lock.lock();
        try {
            return new View(count, recent);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until more was published than a page has seen.
    ///
    /// @param seen the count of its last view
    /// @param patience how long to wait at most
    /// @return the view at the end of the wait; empty when the feed is closed
    /// @throws InterruptedException if the waiting thread is interrupted
    public Optional<View> await(long seen, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (!closed && count <= seen && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return closed ? Optional.empty() : Optional.of(new View(count, recent));
        } finally {
            lock.unlock();
        }
    }

    /// Ends the feed: whoever waits is let go.
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
