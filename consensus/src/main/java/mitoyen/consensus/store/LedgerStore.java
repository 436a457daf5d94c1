package mitoyen.consensus.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import mitoyen.consensus.Application;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.Replay;
import mitoyen.consensus.SnapshotApplication;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.Journal;
import mitoyen.consensus.journal.StableJournal;
import mitoyen.consensus.snapshot.Chain;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.consensus.snapshot.Snapshots;

/// The blocks of a ledger, its snapshots, and the application in the state after the last block.
///
/// Not for use by several threads at once, but for what says so. Once anything but
/// [IllegalArgumentException] was thrown it is closed, and the application is of no more use, since
/// it may have gone further than what is kept.
public final class LedgerStore implements Chain, AutoCloseable {
    private final Application application;
    private final Consumer<Block> committed;
    private final Journal journal;
    private final Optional<Snapshots> snapshots;
    private volatile boolean closed;

    private LedgerStore(
            Application application,
            Consumer<Block> committed,
            Journal journal,
            Optional<Snapshots> snapshots) {
        this.application = application;
        this.committed = committed;
        this.journal = journal;
        this.snapshots = snapshots;
    }

    /// Opens the ledger in a folder, which is created if it is not there. What the folder holds is
    /// executed again by the application first.
    ///
    /// @param genesis the ledger's first bytes, opaque; the same at every opening
    /// @param application in the state of the genesis
    /// @param committed told of every block, old and new, in order, once it is durable and
    ///   committed
    /// @param segmentBytes the size of the journal's segments [bytes]: it must be the same at every
    ///   opening, or the files depend on where the process was stopped
    /// @throws mitoyen.consensus.journal.JournalException if the folder is damaged or in use
    /// @throws mitoyen.consensus.ReplayException if the application comes to another hash (`JO-12`)
    public static LedgerStore open(
            Disk disk,
            Path folder,
            byte[] genesis,
            Application application,
            Consumer<Block> committed,
            long segmentBytes)
            throws IOException {
        Journal journal = Journal.open(disk, folder, genesis, segmentBytes);
        return replay(new LedgerStore(application, committed, journal, Optional.empty()));
    }

    /// The same for a ledger with snapshots: of the blocks that are there, only those above the
    /// newest good snapshot are executed again, and told.
    ///
    /// @param snapshots the folder of the snapshots, beside that of the ledger
    /// @throws mitoyen.consensus.snapshot.SnapshotException if blocks were pruned that no snapshot
    ///   stands for
    public static LedgerStore open(
            Disk disk,
            Path folder,
            Path snapshots,
            byte[] genesis,
            SnapshotApplication application,
            Consumer<Block> committed,
            long segmentBytes)
            throws IOException {
        return open(
                disk, folder, snapshots, genesis, application, committed, segmentBytes, _ -> {});
    }

    /// The same for whoever needs all headers.
    ///
    /// @param found told the header of every block that is there, pruned or not, in order, before
    ///   any is executed
    public static LedgerStore open(
            Disk disk,
            Path folder,
            Path snapshots,
            byte[] genesis,
            SnapshotApplication application,
            Consumer<Block> committed,
            long segmentBytes,
            Consumer<BlockHeader> found)
            throws IOException {
        Journal journal = Journal.open(disk, folder, genesis, segmentBytes, found);
        Snapshots kept = new Snapshots(disk, snapshots, Block.genesisHash(genesis), application);
        return replay(new LedgerStore(application, committed, journal, Optional.of(kept)));
    }

    private static LedgerStore replay(LedgerStore store) throws IOException {
        try {
            store.replay();
            return store;
        } catch (IOException | RuntimeException | Error failure) {
            store.close();
            throw failure;
        }
    }

    /// What the next block would be: executed in the application's draft, and kept nowhere. To
    /// execute again, the same or another, drops it.
    ///
    /// @throws IllegalArgumentException if its time does not rise (`JO-3`) or it exceeds a limit
    ///   (`JO-4`); nothing has happened then
    public Block execute(Proposal proposal) throws IOException {
        requireOpen();
        proposal.check(findLastBlock().map(Block::timeMillis).orElse(Long.MIN_VALUE));
        boolean done = false;
        try {
            Application.BlockResult result =
                    application.finalizeBlock(
                            height() + 1, proposal.timeMillis(), proposal.bundles());
            done = true;
            return new Block(
                    height() + 1,
                    proposal.timeMillis(),
                    journal.lastHash(),
                    result,
                    proposal.bundles());
        } finally {
            closeUnless(done);
        }
    }

    /// Keeps the block that was executed last: durable when this returns, and then the application
    /// adopts it. Of the following blocks none is written before (`JO-10` counts on it).
    ///
    /// @throws IOException if it cannot be kept; the store is closed
    public void keep(Block block) throws IOException {
        requireOpen();
        boolean done = false;
        try {
            journal.append(block);
            application.commit();
            committed.accept(block);
            done = true;
        } finally {
            closeUnless(done);
        }
    }

    /// The height of the last block; 0 before the first.
    public long height() {
        return journal.height();
    }

    /// The height of the last durable block; 0 before the first. On any thread, also while blocks
    /// are made (`JO-32`).
    public long durableHeight() {
        return journal.durableHeight();
    }

    /// The last block; empty before the first.
    public Optional<Block> findLastBlock() {
        return journal.findLastBlock();
    }

    /// The block of a height; empty above the last durable one, and where it was pruned. On any
    /// thread, also while blocks are made (`JO-32`).
    public Optional<Block> findBlock(long height) throws IOException {
        return journal.findBlock(height);
    }

    /// The header of the block of a height, pruned or not; empty above the last durable one. On any
    /// thread, also while blocks are made (`JO-32`).
    @Override
    public Optional<BlockHeader> findHeader(long height) throws IOException {
        return journal.findHeader(height);
    }

    /// The same of a block that must be durable.
    ///
    /// @throws IOException if it cannot be read, or is not there
    public BlockHeader getHeader(long height) throws IOException {
        return findHeader(height)
                .orElseThrow(() -> new IOException("the header of block " + height + " is gone"));
    }

    /// The headers of durable blocks one behind the other, 144 bytes each, pruned or not. On any
    /// thread.
    ///
    /// @param from the height of the first
    /// @param to that of the last, at most the last durable one
    public byte[] readHeaders(long from, long to) throws IOException {
        return journal.readHeaders(from, to);
    }

    /// The hash of the genesis: what stands below the first block.
    public Hash genesisHash() {
        return journal.genesisHash();
    }

    /// Where the ledger's snapshots are; empty where it has none.
    public Optional<SnapshotFolder> snapshotFolder() {
        return snapshots.map(Snapshots::folder);
    }

    /// The height of the first block that was not pruned. On any thread.
    @Override
    public long firstHeight() {
        return journal.firstHeight();
    }

    /// What of the journal's files may be copied now, while blocks are made (`JO-33`). On any
    /// thread.
    public StableJournal stableJournal() {
        return journal.stable();
    }

    /// Writes a snapshot of the state after the last block, between blocks; nothing before the
    /// first. A failure leaves the ledger and the older snapshots as they are.
    ///
    /// @throws IllegalStateException if the ledger was opened without snapshots
    public void snapshot() throws IOException {
        requireOpen();
        Snapshots kept = requireSnapshots();
        Optional<Block> last = findLastBlock();
        if (last.isPresent()) {
            kept.take(last.get().toHeader(), this);
        }
    }

    /// Removes the bundles of blocks that two snapshots stand for, in whole segments; their headers
    /// stay (`JO-21`, `JO-28`). Where anything may go, it reads the snapshots and each segment
    /// once. On any thread, also while blocks are made, but on one at a time, and not after
    /// closing.
    ///
    /// @param keepFromHeight the height of the first block that has to stay
    /// @param goesOn asked before each segment; false to stop there
    /// @return the height of the first block that is left
    /// @throws IllegalStateException if the ledger was opened without snapshots
    public long prune(long keepFromHeight, BooleanSupplier goesOn) throws IOException {
        requireOpen();
        Snapshots kept = requireSnapshots();
        if (journal.isPrunable(keepFromHeight)) {
            journal.prune(Math.min(keepFromHeight, kept.coveredHeight(this) + 1), goesOn);
        }
        return journal.firstHeight();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        journal.close();
    }

    private void replay() throws IOException {
        long height = 0;
        if (snapshots.isPresent()) {
            height = snapshots.get().restore(this);
        } else if (journal.firstHeight() > 1) {
            throw new IOException(
                    "the blocks below %d were pruned: the ledger opens only with its snapshots"
                            .formatted(journal.firstHeight()));
        }
        while (height < journal.height()) {
            height++;
            Block block = journal.findBlock(height).orElseThrow();
            Replay.execute(application, block);
            committed.accept(block);
        }
    }

    private void closeUnless(boolean done) throws IOException {
        if (!done) {
            close();
        }
    }

    /// Does nothing while the ledger is open.
    ///
    /// @throws IllegalStateException if it is closed
    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the ledger is closed");
        }
    }

    private Snapshots requireSnapshots() {
        return snapshots.orElseThrow(
                () -> new IllegalStateException("the ledger was opened without snapshots"));
    }
}
