package mitoyen.node.running;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/// When what waits for a block is handed to the engine once more, and in what form (`CE-19`).
///
/// CometBFT passes a bundle on to each peer once. A peer that still starts drops it, and without
/// empty blocks it takes no part in a height before something waits with itself. So it happens that
/// too few have a bundle to make a block, and nobody sends it to the others: the network stands
/// until somebody sends something else. The same transactions in other bytes are something else.
/// For any thread.
final class Standstill {
    /// How long nothing may move before the first time; twice as long before each other. A sender
    /// waits for a minute, and so three times what is his is handed again.
    static final Duration FIRST = Duration.ofSeconds(10);

    private static final int MOST_COPIES = 16;

    private final long firstNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private long movedNanos;
    private boolean again;
    private int handed;

    /// @param nowNanos of [System#nanoTime()]
    /// @param first how long nothing may move before the first time
    Standstill(long nowNanos, Duration first) {
        this.movedNanos = nowNanos;
        this.firstNanos = first.toNanos();
    }

    /// There is a block.
    ///
    /// @param nowNanos of [System#nanoTime()]
    void moved(long nowNanos) {
        lock.lock();
        try {
            movedNanos = nowNanos;
            again = false;
        } finally {
            lock.unlock();
        }
    }

    /// Whether to hand what waits once more, now: then how many times more the eldest stands in the
    /// bundle than before. Each time another number, since CometBFT drops what it has seen.
    ///
    /// @param nowNanos of [System#nanoTime()]
    /// @param sinceNanos since when the eldest waits
    /// @param most how many times more it fits; 0 if there is no room for another
    OptionalInt findCopies(long nowNanos, long sinceNanos, int most) {
        lock.lock();
        try {
            long stillNanos = Math.min(nowNanos - sinceNanos, nowNanos - movedNanos);
            if (most == 0 || stillNanos <= (again ? 2 * firstNanos : firstNanos)) {
                return OptionalInt.empty();
            }
            movedNanos = nowNanos;
            again = true;
            return OptionalInt.of(handed++ % Math.min(most, MOST_COPIES) + 1);
        } finally {
            lock.unlock();
        }
    }
}
