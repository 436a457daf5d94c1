package mitoyen.consensus.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mitoyen.consensus.Application;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Engine;
import mitoyen.consensus.Hash;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.Replay;
import mitoyen.consensus.SnapshotApplication;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.Journal;
import mitoyen.consensus.journal.StableJournal;
import mitoyen.consensus.snapshot.Chain;
import mitoyen.consensus.snapshot.Snapshots;

/// The engine of one process: the order is that of the calls, and a [Journal] keeps it.
///
/// Not for use by several threads at once, but for what says so.
public final class EmbeddedEngine implements Engine {
    private final Application application;
    private final Consumer<Block> committed;
    private final Journal journal;
    private final Optional<Snapshots> snapshots;
    private boolean closed;

    private EmbeddedEngine(
            Application application,
            Consumer<Block> committed,
            Journal journal,
            Optional<Snapshots> snapshots) {
        this.application = application;
        this.committed = committed;
        this.journal = journal;
        this.snapshots = snapshots;
    }

    /// The engine of the ledger in a folder, which is created if it is not there. What the folder
    /// holds is executed again by the application first.
    ///
    /// @param genesis the ledger's first bytes, opaque; the same at every opening
    /// @param application in the state of the genesis
    /// @param committed told of every block, old and new, in order, once it is durable and
    ///   committed
    /// @throws mitoyen.consensus.journal.JournalException if the folder is damaged or in use
    /// @throws mitoyen.consensus.ReplayException if the application comes to another hash (`JO-12`)
    public static EmbeddedEngine open(
            Disk disk,
            Path folder,
            byte[] genesis,
            Application application,
            Consumer<Block> committed)
            throws IOException {
        return open(disk, folder, genesis, application, committed, Journal.SEGMENT_BYTES);
    }

    /// The same, with segments of another size [bytes]: it must be the same at every opening, or
    /// the files depend on where the process was stopped.
    public static EmbeddedEngine open(
            Disk disk,
            Path folder,
            byte[] genesis,
            Application application,
            Consumer<Block> committed,
            long segmentBytes)
            throws IOException {
        Journal journal = Journal.open(disk, folder, genesis, segmentBytes);
        return replay(new EmbeddedEngine(application, committed, journal, Optional.empty()));
    }

    /// The engine of a ledger with snapshots: of the blocks that are there, only those above the
    /// newest good snapshot are executed again, and told.
    ///
    /// @param snapshots the folder of the snapshots, beside that of the ledger
    /// @throws mitoyen.consensus.snapshot.SnapshotException if blocks were pruned that no snapshot
    ///   stands for
    public static EmbeddedEngine open(
            Disk disk,
            Path folder,
            Path snapshots,
            byte[] genesis,
            SnapshotApplication application,
            Consumer<Block> committed,
            long segmentBytes)
            throws IOException {
        Journal journal = Journal.open(disk, folder, genesis, segmentBytes);
        Snapshots kept = new Snapshots(disk, snapshots, Block.genesisHash(genesis), application);
        return replay(new EmbeddedEngine(application, committed, journal, Optional.of(kept)));
    }

    private static EmbeddedEngine replay(EmbeddedEngine engine) throws IOException {
        try {
            engine.replay();
            return engine;
        } catch (IOException | RuntimeException | Error failure) {
            engine.close();
            throw failure;
        }
    }

    /// Writes all the blocks with one sync at their end: after a crash in between, the first few of
    /// them are kept, or all, or none.
    @Override
    public List<Block> submit(List<Proposal> proposals) throws IOException {
        requireOpen();
        check(proposals);
        if (proposals.isEmpty()) {
            return List.of();
        }
        boolean done = false;
        try {
            List<Block> blocks = new ArrayList<>();
            for (Proposal proposal : proposals) {
                if (!blocks.isEmpty()) {
                    application.commit();
                }
                blocks.add(write(proposal));
            }
            journal.sync();
            application.commit();
            blocks.forEach(committed);
            done = true;
            return List.copyOf(blocks);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    @Override
    public long height() {
        return journal.height();
    }

    @Override
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
    public Optional<BlockHeader> findHeader(long height) throws IOException {
        return journal.findHeader(height);
    }

    /// The height of the first block that was not pruned.
    public long firstHeight() {
        return journal.firstHeight();
    }

    /// What of the journal's files may be copied now, while blocks are made (`JO-33`). On any
    /// thread.
    public StableJournal stableJournal() {
        return journal.stable();
    }

    /// Writes a snapshot of the state after the last block, between blocks; nothing before the
    /// first. A failure leaves the engine and the older snapshots as they are.
    ///
    /// @throws IllegalStateException if the engine was opened without snapshots
    public void snapshot() throws IOException {
        requireOpen();
        Snapshots kept = requireSnapshots();
        Optional<Block> last = findLastBlock();
        if (last.isPresent()) {
            kept.take(last.get().toHeader(), chain());
        }
    }

    /// Removes the bundles of blocks that two snapshots stand for, in whole segments; their headers
    /// stay (`JO-21`, `JO-28`).
    ///
    /// @param keepFromHeight the height of the first block that has to stay
    /// @return the height of the first block that is left
    /// @throws IllegalStateException if the engine was opened without snapshots
    public long prune(long keepFromHeight) throws IOException {
        requireOpen();
        long covered = requireSnapshots().coveredHeight(chain());
        journal.prune(Math.min(keepFromHeight, covered + 1));
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
            height = snapshots.get().restore(chain());
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

    private Chain chain() {
        return new Chain() {
            @Override
            public long firstHeight() {
                return journal.firstHeight();
            }

            @Override
            public Optional<BlockHeader> findHeader(long height) throws IOException {
                return journal.findHeader(height);
            }
        };
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
    }

    private Snapshots requireSnapshots() {
        return snapshots.orElseThrow(
                () -> new IllegalStateException("the engine was opened without snapshots"));
    }

    private void check(List<Proposal> proposals) {
        long last = findLastBlock().map(Block::timeMillis).orElse(Long.MIN_VALUE);
        for (Proposal proposal : proposals) {
            if (proposal.timeMillis() <= last) {
                throw new IllegalArgumentException(
                        "a block at %d ms does not follow one at %d ms"
                                .formatted(proposal.timeMillis(), last));
            }
            Block.checkSize(proposal.bundles());
            last = proposal.timeMillis();
        }
    }

    private Block write(Proposal proposal) throws IOException {
        long height = journal.height() + 1;
        Hash previous = journal.lastHash();
        Application.BlockResult result =
                application.finalizeBlock(height, proposal.timeMillis(), proposal.bundles());
        Block block =
                new Block(height, proposal.timeMillis(), previous, result, proposal.bundles());
        journal.append(block);
        return block;
    }
}
