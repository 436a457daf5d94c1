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
import mitoyen.consensus.Proposal;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.Journal;
import mitoyen.consensus.store.LedgerStore;

/// The engine of one process: the order is that of the calls, and a [LedgerStore] keeps it.
///
/// Not for use by several threads at once, but for what says so.
public final class EmbeddedEngine implements Engine {
    private final LedgerStore store;

    /// The engine of an open ledger, which is closed with it.
    public EmbeddedEngine(LedgerStore store) {
        this.store = store;
    }

    /// What it keeps its blocks in.
    public LedgerStore store() {
        return store;
    }

    /// The engine of the ledger in a folder, without snapshots, opened as [LedgerStore#open] does.
    public static EmbeddedEngine open(
            Disk disk,
            Path folder,
            byte[] genesis,
            Application application,
            Consumer<Block> committed)
            throws IOException {
        return new EmbeddedEngine(
                LedgerStore.open(
                        disk, folder, genesis, application, committed, Journal.SEGMENT_BYTES));
    }

    /// Makes each block durable before the next is executed: after a crash in between, the first
    /// few of them are kept, or all, or none.
    @Override
    public List<Block> submit(List<Proposal> proposals) throws IOException {
        store.requireOpen();
        check(proposals);
        List<Block> blocks = new ArrayList<>();
        for (Proposal proposal : proposals) {
            Block block = store.execute(proposal);
            store.keep(block);
            blocks.add(block);
        }
        return List.copyOf(blocks);
    }

    @Override
    public long height() {
        return store.height();
    }

    @Override
    public Optional<Block> findLastBlock() {
        return store.findLastBlock();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }

    /// All of them before the first is made: what is refused leaves nothing behind.
    private void check(List<Proposal> proposals) {
        long last = findLastBlock().map(Block::timeMillis).orElse(Long.MIN_VALUE);
        for (Proposal proposal : proposals) {
            proposal.check(last);
            last = proposal.timeMillis();
        }
    }
}
