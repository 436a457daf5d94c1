package mitoyen.node.running;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Replay;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.snapshot.SnapshotException;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.consensus.snapshot.Snapshots;
import mitoyen.consensus.store.LedgerStore;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.node.snapshot.StateAfter;

/// The blocks of a ledger read back and executed again, for whoever missed them: from the newest
/// snapshot below them, or from the first block. On any thread, while the ledger grows and is
/// pruned.
public final class History {
    private final LedgerStore store;
    private final Disk disk;
    private final Path snapshots;
    private final Genesis genesis;

    /// @param snapshots the folder of the store's snapshots
    History(LedgerStore store, Disk disk, Path snapshots, Genesis genesis) {
        this.store = store;
        this.disk = disk;
        this.snapshots = snapshots;
        this.genesis = genesis;
    }

    /// The height of the first block that was not pruned.
    public long firstHeight() {
        return store.firstHeight();
    }

    /// The header of a block, pruned or not; there has to be one.
    ///
    /// @throws IOException if it cannot be read
    public BlockHeader getHeader(long height) throws IOException {
        return store.getHeader(height);
    }

    /// Whether the block of a height can be shown, as far as names of files tell: it is there, and
    /// so is a state that it can be executed on.
    ///
    /// @throws IOException if the snapshots cannot be listed
    public boolean reaches(long height) throws IOException {
        long first = store.firstHeight();
        return first == 1
                || listHeights().stream().anyMatch(each -> each >= first - 1 && each < height);
    }

    /// Shows blocks, in order.
    ///
    /// @param from the height of the first to be shown
    /// @param to the height of the last, which must be durable
    /// @throws IOException if what is there does not hold, or was pruned: then it may be asked
    ///   again from a later height
    public void read(long from, long to, Visitor visitor) throws IOException {
        RunningApplication application = newApplication();
        long height = restore(application, from);
        while (height < to && !Thread.currentThread().isInterrupted()) {
            height++;
            Block block = getBlock(height);
            Rules rules = application.rulesAfter(height - 1);
            Replay.execute(application, block);
            if (height >= from) {
                visitor.visit(
                        LedgerWords.block(
                                block,
                                application.ordered(),
                                rules.parameters(),
                                application.outcomes()));
            }
        }
    }

    /// From where on a ledger can be shown that was pruned.
    ///
    /// @throws IOException if no snapshot is good
    public Beginning beginning() throws IOException {
        RunningApplication application = newApplication();
        for (long height : listHeights()) {
            if (height >= store.firstHeight() - 1 && tryRestore(application, height)) {
                return new Beginning(getHeader(height), application.state());
            }
        }
        throw pruned();
    }

    /// Is shown blocks.
    @FunctionalInterface
    public interface Visitor {
        /// Takes note of a block.
        ///
        /// @throws IOException to stop; the reading fails with it
        void visit(CommittedBlock block) throws IOException;
    }

    /// The ledger after the last block that cannot be shown.
    public static final class Beginning {
        private final BlockHeader block;
        private final State state;

        private Beginning(BlockHeader block, State state) {
            this.block = block;
            this.state = state;
        }

        /// The header of that block.
        public BlockHeader block() {
            return block;
        }

        /// Shows what every account held after it.
        public void forEachBalance(Consumer<Balance> visitor) {
            state.accounts()
                    .entries()
                    .forEach((_, account) ->
                            visitor.accept(
                                    new Balance(
                                            account.id().toString(),
                                            account.asset().code(),
                                            account.debitsPosted().units(),
                                            account.creditsPosted().units(),
                                            account.debitsPending().units(),
                                            account.creditsPending().units())));
        }
    }

    /// What an account holds of an asset, in its smallest unit, each at least 0.
    ///
    /// @param account in Bech32m
    public record Balance(
            String account,
            String asset,
            long debits,
            long credits,
            long pendingDebits,
            long pendingCredits) {}

    /// Has an application come to a state from which it can execute a block.
    ///
    /// @return the height that the state is of
    private long restore(RunningApplication application, long from) throws IOException {
        for (long height : listHeights().reversed()) {
            if (height < from
                    && height >= store.firstHeight() - 1
                    && tryRestore(application, height)) {
                return height;
            }
        }
        if (store.firstHeight() > 1) {
            throw pruned();
        }
        return 0;
    }

    /// An application in the state before a block, by what is on the disk: from the newest snapshot
    /// below it, and the blocks between executed again.
    ///
    /// @throws IOException if what is there does not hold, or was pruned
    RunningApplication before(long height) throws IOException {
        RunningApplication application = newApplication();
        for (long next = restore(application, height) + 1; next < height; next++) {
            Replay.execute(application, getBlock(next));
        }
        return application;
    }

    /// Keeps a state that is not to be lost in a file beside the snapshots, which nothing removes
    /// (CE-18).
    ///
    /// @param block whose state it is
    /// @return the file
    Path keepAside(BlockHeader block, State state) throws IOException {
        Path file = StateAfter.ofDivergence(snapshots, block.height());
        disk.createDirectories(snapshots);
        new StateAfter(store.genesisHash(), block, state).write(disk, file);
        return file;
    }

    private boolean tryRestore(RunningApplication application, long height) throws IOException {
        try {
            snapshots(application).restore(height, store);
            return true;
        } catch (SnapshotException | NoSuchFileException unusable) {
            return false;
        }
    }

    private Block getBlock(long height) throws IOException {
        return store.findBlock(height).orElseThrow(this::pruned);
    }

    private IOException pruned() {
        return new IOException(
                "the blocks below %d were pruned, and no snapshot stands for them"
                        .formatted(store.firstHeight()));
    }

    /// The heights of the snapshots that are there, good or not, rising.
    List<Long> listHeights() throws IOException {
        return new SnapshotFolder(snapshots).listHeights();
    }

    private Snapshots snapshots(RunningApplication application) {
        return new Snapshots(disk, snapshots, Block.genesisHash(genesis.toBytes()), application);
    }

    private RunningApplication newApplication() {
        return new RunningApplication(genesis, new BlockExecution(genesis));
    }
}
