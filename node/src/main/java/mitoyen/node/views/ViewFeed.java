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
import mitoyen.node.running.Follower;
import mitoyen.node.running.History;
import mitoyen.node.threads.Worker;

/// Feeds the tables behind the ledger, on a thread of its own. The ledger never waits for it: what
/// it cannot hold it forgets, and reads back from the ledger's own files.
public final class ViewFeed implements Follower, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ViewFeed.class.getName());

    /// The most bytes of blocks that wait; more are read back.
    private static final long WAITING_BYTES = 32L << 20;

    /// The most blocks that are forgotten together.
    private static final int PRUNED_AT_ONCE = 100;

    /// The most blocks that are written together.
    private static final int BATCH = 256;

    private static final int EVENTS_KEPT = 10_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Path file;
    private final String ledger;
    private final History history;
    private final BlockingQueue<Optional<CommittedBlock>> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final EventFeed events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition risen = lock.newCondition();
    private final Worker worker;
    private volatile Tables tables;
    private boolean same;
    private volatile long target;
    private volatile long height;
    private volatile long keptFrom;
    private volatile long wantedFrom;
    private volatile long durable;
    private volatile long toSecure;
    private volatile Optional<String> hindrance = Optional.empty();
    private volatile boolean closed;

    private ViewFeed(Path file, String ledger, History history, Tables tables, Optional<Block> last)
            throws IOException {
        this.file = file;
        this.ledger = ledger;
        this.history = history;
        this.tables = tables;
        this.target = last.map(Block::height).orElse(0L);
        this.height = tables.height();
        this.keptFrom = tables.keptFrom();
        this.events = new EventFeed(EVENTS_KEPT, tables.lastEvent());
        this.worker = new Worker("views", this::run);
    }

    /// Opens the tables in a file and begins to feed them.
    ///
    /// @param ledger the hash that names the ledger, in hexadecimal
    /// @param history where blocks that were missed are read
    /// @param last the ledger's last block
    /// @throws IOException if blocks were pruned that the tables lack; the message says how to mend
    ///   it
    public static ViewFeed open(Path file, String ledger, History history, Optional<Block> last)
            throws IOException {
        Tables tables = Tables.open(file, ledger);
        try {
            begin(tables, history);
            requireWithin(file, tables, history, last.map(Block::height).orElse(0L));
            ViewFeed feed = new ViewFeed(file, ledger, history, tables, last);
            feed.worker.start();
            return feed;
        } catch (IOException | RuntimeException | Error failure) {
            tables.close();
            throw failure;
        }
    }

    /// Puts into tables that hold nothing yet what stands behind the blocks that were pruned.
    private static void begin(Tables tables, History history) throws IOException {
        if (tables.height() == 0 && history.firstHeight() > 1) {
            History.Beginning beginning = history.beginning();
            LOG.log(
                    Level.INFO,
                    "the tables begin behind block {0}: those below were pruned",
                    Long.toString(beginning.block().height()));
            tables.begin(beginning);
        }
    }

    private static void requireWithin(Path file, Tables tables, History history, long last)
            throws IOException {
        if (tables.height() < last && !history.reaches(tables.height() + 1)) {
            throw new IOException(
                    ("%s: ends at block %d, and the blocks below %d were pruned; put a newer copy"
                         + " of it there, or remove it: then the tables begin with what is kept")
                            .formatted(file, tables.height(), history.firstHeight()));
        }
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

    /// Has the tables forget, after a while, the transactions of blocks that were pruned; never
    /// waits.
    ///
    /// @param firstHeight the height of the first block that is left
    @Override
    public void pruned(long firstHeight) {
        wantedFrom = firstHeight;
        waiting.add(Optional.empty());
    }

    @Override
    public long durableHeight() {
        return durable;
    }

    @Override
    public void secure(long ofHeight) {
        toSecure = ofHeight;
        waiting.add(Optional.empty());
    }

    /// The height of the first block whose transactions are in the tables; 1 unless pruned. Said
    /// before the first of those below goes: whoever asks after he has read, and finds that what he
    /// read is of this height or above, has read all of it.
    public long keptFrom() {
        return keptFrom;
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

    /// What keeps the tables from being fed, in one line, such as a disk that is full; empty while
    /// nothing does. It is tried again every second.
    public Optional<String> findHindrance() {
        return hindrance;
    }

    /// Stops feeding. What is missing is fed at the next opening.
    @Override
    public void close() throws IOException {
        closed = true;
        waiting.add(Optional.empty());
        worker.interrupt();
        events.close();
        worker.join();
        tables.close();
    }

    /// Who feeds them.
    public Worker worker() {
        return worker;
    }

    private void run() throws InterruptedException {
        boolean failed = false;
        while (!closed) {
            try {
                if (failed) {
                    reopen();
                    failed = false;
                }
                feed();
            } catch (IOException failure) {
                failed = true;
                if (!closed) {
                    hindrance = Optional.of(String.valueOf(failure.getMessage()));
                    LOG.log(Level.WARNING, "the views are behind: {0}", failure.getMessage());
                    pause();
                }
            }
        }
    }

    private void feed() throws IOException, InterruptedException {
        catchUp(target);
        toSecure = Math.max(toSecure, height);
        secureSome();
        pruneSome();
        hindrance = Optional.empty();
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
            secureSome();
            pruneSome();
        }
    }

    /// Has the disk keep what is asked for, once it is there. A reader may be in the way: then it
    /// is tried again after the next blocks.
    private void secureSome() throws IOException {
        if (durable < toSecure && toSecure <= height && tables.sync()) {
            durable = height;
        }
    }

    /// Forgets some blocks that were pruned, and comes back for more: meanwhile others are fed.
    private void pruneSome() throws IOException {
        long next = Math.min(wantedFrom, Math.min(height + 1, keptFrom + PRUNED_AT_ONCE));
        if (next > keptFrom) {
            keptFrom = next;
            tables.prune(next);
            waiting.add(Optional.empty());
        }
    }

    /// Whether the blocks follow the last one and each other: where some were forgotten, they do
    /// not.
    private boolean isRow(List<CommittedBlock> blocks) {
        return blocks.getFirst().height() == height + 1
                && blocks.getLast().height() == height + blocks.size();
    }

    private void catchUp(long to) throws IOException {
        if (height > to) {
            beginAnew();
        }
        if (!same) {
            requireSame();
        }
        if (height == to) {
            return;
        }
        List<CommittedBlock> batch = new ArrayList<>();
        history.read(
                height + 1,
                to,
                block -> {
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
    private void requireSame() throws IOException {
        if (height > 0) {
            String hash = history.getHeader(height).hash().toString();
            if (!tables.findHash(height).equals(Optional.of(hash))) {
                beginAnew();
                throw new IOException(file + ": was fed by another history; it is made anew");
            }
        }
        same = true;
    }

    private void beginAnew() throws IOException {
        tables.close();
        Tables.delete(file);
        reopen();
    }

    /// Goes on with the tables as they are in the file, or with new ones.
    private void reopen() throws IOException {
        tables.close();
        tables = Tables.open(file, ledger);
        begin(tables, history);
        if (tables.height() != height) {
            events.clear(tables.lastEvent());
            durable = Math.min(durable, tables.height());
        }
        height = tables.height();
        keptFrom = tables.keptFrom();
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
