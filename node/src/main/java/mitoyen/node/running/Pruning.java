package mitoyen.node.running;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.consensus.store.LedgerStore;
import mitoyen.node.threads.Worker;

/// Removes the blocks that need not be kept, on a thread of its own: the ledger never waits for it.
/// A failure is logged, and tried again after the next snapshot.
final class Pruning implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Pruning.class.getName());

    private static final long RETRY_MILLIS = 500;

    private final LedgerStore store;
    private final Keep keep;
    private final Guard guard;
    private final LongConsumer pruned;
    private final Semaphore due = new Semaphore(1);
    private final Worker worker;
    private volatile boolean closed;

    /// Starts, and looks at once: what is to be kept may have been said anew.
    ///
    /// @param guard asked before anything goes
    /// @param pruned told the height of the first block that is left, whenever some went
    Pruning(LedgerStore store, Keep keep, Guard guard, LongConsumer pruned) {
        this.store = store;
        this.keep = keep;
        this.guard = guard;
        this.pruned = pruned;
        this.worker = new Worker("pruning", this::run);
        worker.start();
    }

    /// Says why nothing may go just now.
    @FunctionalInterface
    interface Guard {
        /// The reason, if there is one.
        ///
        /// @throws IOException if that cannot be told
        Optional<Obstacle> findObstacle() throws IOException;
    }

    /// Why nothing may go.
    ///
    /// @param passes whether to look again in a moment helps
    record Obstacle(String reason, boolean passes) {}

    /// Has it look whether more can go; never waits.
    void wake() {
        due.release();
    }

    /// Stops between two segments.
    @Override
    public void close() {
        closed = true;
        due.release();
        worker.join();
    }

    /// Who does it.
    Worker worker() {
        return worker;
    }

    private void run() throws InterruptedException {
        boolean again = false;
        while (!closed) {
            await(again);
            due.drainPermits();
            again = !closed && prune();
        }
    }

    private void await(boolean atMostAMoment) throws InterruptedException {
        if (atMostAMoment) {
            boolean _ = due.tryAcquire(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            due.acquire();
        }
    }

    /// Prunes what may go.
    ///
    /// @return whether to look again in a moment
    private boolean prune() {
        try {
            Optional<Obstacle> obstacle = guard.findObstacle();
            if (obstacle.isPresent()) {
                boolean passes = obstacle.get().passes();
                LOG.log(
                        passes ? Level.FINE : Level.WARNING,
                        "not pruned: {0}",
                        obstacle.get().reason());
                return passes;
            }
            long before = store.firstHeight();
            long last = store.stableJournal().height();
            if (last > 0) {
                long first = store.prune(keep.firstHeight(store, last), () -> !closed);
                if (first > before) {
                    LOG.log(
                            Level.INFO,
                            "pruned: the first block with its transactions is {0}",
                            Long.toString(first));
                    pruned.accept(first);
                }
            }
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "not pruned: {0}", failure.getMessage());
        }
        return false;
    }
}
