package mitoyen.node.running;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/// When what waits for a block is handed to the engine once more, and in what form (`CE-19`).
///
/// CometBFT passes a bundle on to each peer once. A peer that still starts drops it, and without
/// empty blocks it takes no part in a height before something waits with itself. So it happens that
/// too few have a bundle to make a block, and nobody sends it to the others: the network stands
/// until somebody sends something else. The same transactions in other bytes are something else.
/// For any thread.
final class Standstill {
    /// Where blocks take longer, twice as long as they do.
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    /// Each pause is twice the one before, the longest 32 times the first: a network that lacks its
    /// majority for a day gets hundreds of copies and not thousands.
    private static final int DOUBLINGS = 5;

    private static final int MOST_COPIES = 16;

    private final long shortestNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private OptionalLong movedNanos = OptionalLong.empty();
    private long tookNanos;
    private int times;

    /// One that begins when blocks take no longer than seconds.
    Standstill() {
        this(SHORTEST);
    }

    /// @param shortest how long nothing may move at least before anything is handed again
    Standstill(Duration shortest) {
        this.shortestNanos = shortest.toNanos();
    }

    /// There is a block.
    ///
    /// @param nowNanos of [System#nanoTime()]
    /// @param sinceNanos since when the eldest waited, if any did
    void moved(long nowNanos, OptionalLong sinceNanos) {
        lock.lock();
        try {
            movedNanos = OptionalLong.of(nowNanos);
            tookNanos = sinceNanos.isPresent() ? nowNanos - sinceNanos.getAsLong() : tookNanos;
            times = 0;
        } finally {
            lock.unlock();
        }
    }

    /// Whether to hand what waits once more, now: then how many times more the eldest stands in the
    /// bundle than before. Each time another number, since CometBFT knows what it has seen.
    ///
    /// @param nowNanos of [System#nanoTime()]
    /// @param sinceNanos since when the eldest waits
    OptionalInt findCopies(long nowNanos, long sinceNanos) {
        lock.lock();
        try {
            long still = nowNanos - sinceNanos;
            if (movedNanos.isPresent()) {
                still = Math.min(still, nowNanos - movedNanos.getAsLong());
            }
            if (still <= patienceNanos()) {
                return OptionalInt.empty();
            }
            movedNanos = OptionalLong.of(nowNanos);
            times++;
            return OptionalInt.of((times - 1) % MOST_COPIES + 1);
        } finally {
            lock.unlock();
        }
    }

    private long patienceNanos() {
        return Math.max(shortestNanos, 2 * tookNanos) << Math.min(times, DOUBLINGS);
    }
}
