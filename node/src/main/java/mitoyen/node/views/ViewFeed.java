package mitoyen.node.views;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.consensus.Block;
import mitoyen.node.running.CommittedBlock;
import mitoyen.node.running.History;

/// Feeds the tables behind the ledger, on a thread of its own. The ledger never waits for it: what
/// it cannot hold it forgets, and reads back from the ledger's own files.
public final class ViewFeed implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ViewFeed.class.getName());

    /// The most bytes of blocks that wait; more are read back.
    private static final long WAITING_BYTES = 32L << 20;

    /// The most blocks that are written together.
    private static final int BATCH = 256;

    private static final int EVENTS_KEPT = 10_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Path file;
    private final String ledger;
    private final History history;
    private final Optional<Block> last;
    private final BlockingQueue<Optional<CommittedBlock>> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final EventFeed events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition risen = lock.newCondition();
    private final Thread thread;
    private volatile Tables tables;
    private volatile long target;
    private volatile long height;
    private volatile boolean closed;

    private ViewFeed(Path file, String ledger, History history, Tables tables, Optional<Block> last)
            throws IOException {
        this.file = file;
        this.ledger = ledger;
        this.history = history;
        this.tables = tables;
        this.last = last;
        this.target = last.map(Block::height).orElse(0L);
        this.height = tables.height();
        this.events = new EventFeed(EVENTS_KEPT, tables.lastEvent());
        this.thread = Thread.ofPlatform().name("views").unstarted(this::run);
    }

    /// Opens the tables in a file and begins to feed them.
    ///
    /// @param ledger the hash that names the ledger, in hexadecimal
    /// @param history where blocks that were missed are read
    /// @param last the ledger's last block
    public static ViewFeed open(Path file, String ledger, History history, Optional<Block> last)
            throws IOException {
        ViewFeed feed = new ViewFeed(file, ledger, history, Tables.open(file, ledger), last);
        feed.thread.start();
        return feed;
    }

    /// Takes the next block; never waits.
    public void offer(CommittedBlock block) {
        target = block.height();
        long bytes = sizeOf(block);
        if (waitingBytes.addAndGet(bytes) > WAITING_BYTES) {
            waitingBytes.addAndGet(-bytes);
        } else {
            waiting.add(Optional.of(block));
        }
    }

    /// The height up to which the tables are fed.
    public long height() {
        return height;
    }

    /// The latest events.
    public EventFeed events() {
        return events;
    }

    /// Waits until the tables have a block.
    ///
    /// @param patience how long to wait at most
    /// @return whether they have it
    public boolean await(long ofHeight, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (!closed && height < ofHeight && nanos > 0) {
                nanos = risen.awaitNanos(nanos);
            }
            return height >= ofHeight;
        } finally {
            lock.unlock();
        }
    }

    /// Stops feeding. What is missing is fed at the next opening.
    @Override
    public void close() throws IOException {
        closed = true;
        waiting.add(Optional.empty());
        thread.interrupt();
        events.close();
        try {
            thread.join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        tables.close();
    }

    private void run() {
        while (!closed) {
            try {
                feed();
            } catch (InterruptedException stopped) {
                return;
            } catch (IOException failure) {
                if (!closed) {
                    LOG.log(Level.WARNING, "the views are behind: {0}", failure.getMessage());
                    pause();
                }
            }
        }
    }

    private void feed() throws IOException, InterruptedException {
        Optional<Block> same = last.filter(block -> block.height() == height);
        if (same.isPresent()) {
            requireSame(same.get());
        }
        catchUp(target);
        while (!closed) {
            List<Optional<CommittedBlock>> taken = new ArrayList<>();
            taken.add(waiting.take());
            waiting.drainTo(taken, BATCH);
            List<CommittedBlock> next = new ArrayList<>();
            for (Optional<CommittedBlock> each : taken) {
                each.ifPresent(block -> {
                    waitingBytes.addAndGet(-sizeOf(block));
                    if (block.height() > height) {
                        next.add(block);
                    }
                });
            }
            if (!next.isEmpty() && isRow(next)) {
                add(next);
            }
            if (waiting.isEmpty()) {
                catchUp(target);
            }
        }
    }

    /// Whether the blocks follow the last one and each other: where some were forgotten, they do
    /// not.
    private boolean isRow(List<CommittedBlock> blocks) {
        return blocks.getFirst().height() == height + 1
                && blocks.getLast().height() == height + blocks.size();
    }

    private void catchUp(long to) throws IOException {
        if (height == to) {
            return;
        }
        if (height > to) {
            beginAnew();
        }
        List<CommittedBlock> batch = new ArrayList<>();
        history.read(
                Math.max(1, height),
                to,
                block -> {
                    if (block.height() == height) {
                        requireSame(block.block());
                        return;
                    }
                    batch.add(block);
                    if (batch.size() == BATCH) {
                        add(batch);
                        batch.clear();
                    }
                });
        if (!batch.isEmpty()) {
            add(batch);
        }
    }

    /// The last block in the tables is that of the ledger, or all of it is made anew: the ledger
    /// may have been restored from a backup.
    private void requireSame(Block block) throws IOException {
        if (!tables.findHash(block.height()).equals(Optional.of(block.hash().toString()))) {
            beginAnew();
            throw new IOException(file + ": was fed by another history; it is made anew");
        }
    }

    private void beginAnew() throws IOException {
        tables.close();
        Tables.delete(file);
        tables = Tables.open(file, ledger);
        events.clear();
        height = 0;
    }

    private void add(List<CommittedBlock> blocks) throws IOException {
        List<EventRow> happened = tables.add(blocks);
        events.publish(happened);
        lock.lock();
        try {
            height = tables.height();
            risen.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        lock.lock();
        try {
            long nanos = RETRY.toNanos();
            while (!closed && nanos > 0) {
                nanos = risen.awaitNanos(nanos);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private static long sizeOf(CommittedBlock block) {
        return block.block().bundles().stream().mapToLong(bundle -> bundle.length).sum();
    }
}
