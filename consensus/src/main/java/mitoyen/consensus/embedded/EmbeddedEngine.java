package mitoyen.consensus.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mitoyen.consensus.Application;
import mitoyen.consensus.Block;
import mitoyen.consensus.Engine;
import mitoyen.consensus.Hash;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.Replay;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.Journal;

/// The engine of one process: the order is that of the calls, and a [Journal] keeps it.
///
/// Not for use by several threads at once.
public final class EmbeddedEngine implements Engine {
    private final Application application;
    private final Consumer<Block> committed;
    private final Journal journal;
    private boolean closed;

    private EmbeddedEngine(Application application, Consumer<Block> committed, Journal journal) {
        this.application = application;
        this.committed = committed;
        this.journal = journal;
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
        Journal journal =
                Journal.open(
                        disk,
                        folder,
                        genesis,
                        segmentBytes,
                        block -> {
                            Replay.execute(application, block);
                            committed.accept(block);
                        });
        return new EmbeddedEngine(application, committed, journal);
    }

    /// Writes all the blocks with one sync at their end: after a crash in between, the first few of
    /// them are kept, or all, or none.
    @Override
    public List<Block> submit(List<Proposal> proposals) throws IOException {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
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

    @Override
    public void close() throws IOException {
        closed = true;
        journal.close();
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
