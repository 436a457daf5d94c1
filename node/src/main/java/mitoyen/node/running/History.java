package mitoyen.node.running;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import mitoyen.consensus.Block;
import mitoyen.consensus.Replay;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.wire.BlockExecution;

/// The blocks of a ledger read back from its folder and executed again, for whoever missed them;
/// the ledger may be growing meanwhile.
public final class History {
    private final Path folder;
    private final Genesis genesis;

    /// @param folder `ledger/`
    public History(Path folder, Genesis genesis) {
        this.folder = folder;
        this.genesis = genesis;
    }

    /// Shows blocks, in order.
    ///
    /// @param from the height of the first to be shown
    /// @param to the height of the last, which must be durable
    /// @throws IOException if what is there does not hold, or a new file is being begun just now:
    ///   then it can be asked again
    public void read(long from, long to, Visitor visitor) throws IOException {
        RunningApplication application =
                new RunningApplication(genesis, new BlockExecution(genesis));
        try (JournalReader reader = JournalReader.open(folder)) {
            while (reader.height() < to && !Thread.currentThread().isInterrupted()) {
                Optional<Block> next = reader.findNext();
                if (next.isEmpty()) {
                    throw new IOException(folder + ": ends at block " + reader.height());
                }
                Rules rules = application.rulesAfter(next.get().height() - 1);
                Replay.execute(application, next.get());
                if (next.get().height() >= from) {
                    visitor.visit(LedgerWords.block(next.get(), rules, application.outcomes()));
                }
            }
        }
    }

    /// Is shown blocks.
    @FunctionalInterface
    public interface Visitor {
        /// Takes note of a block.
        ///
        /// @throws IOException to stop; the reading fails with it
        void visit(CommittedBlock block) throws IOException;
    }
}
