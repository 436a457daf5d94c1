package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.Block;
import mitoyen.consensus.Replay;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.State;
import mitoyen.node.keys.Keys;

/// The ledger of a folder, read from its first block: every byte checked, every signature verified,
/// every block executed again. Writes nothing.
public final class LedgerReader {
    private LedgerReader() {}

    /// What all the blocks say.
    ///
    /// @param folder the folder that `ledger/` is in
    /// @throws IOException if anything does not hold; the message names it
    public static LedgerIndex read(Path folder) throws IOException {
        return read(folder, (_, _, _) -> {});
    }

    /// What all the blocks say, each shown to a visitor as it comes.
    ///
    /// @param folder the folder that `ledger/` is in
    /// @throws IOException if anything does not hold, or the visitor says so; the message names it
    public static LedgerIndex read(Path folder, Visitor visitor) throws IOException {
        return read(folder, Optional.empty(), visitor);
    }

    /// The same, with the events of every block applied beside its transactions and the whole state
    /// looked at in the end. Where blocks were pruned, what can be done of it is done from the
    /// snapshots; how much was not, the index tells.
    ///
    /// @throws IOException as above
    public static LedgerIndex audit(Path folder, Disk disk, Visitor visitor) throws IOException {
        Genesis genesis = readGenesis(folder);
        try (JournalReader reader = JournalReader.open(ledger(folder))) {
            if (reader.firstHeight() > 1) {
                return new PrunedLedger(folder, disk, genesis, reader).audit(visitor);
            }
        }
        EventReplay replay = new EventReplay(genesis);
        LedgerIndex index = read(folder, Optional.of(replay), visitor);
        replay.scan();
        return index;
    }

    /// How many blocks of a ledger were pruned, from the first on; 0 if none.
    ///
    /// @throws IOException if the ledger cannot be opened
    public static long countPruned(Path folder) throws IOException {
        try (JournalReader reader = JournalReader.open(ledger(folder))) {
            return reader.firstHeight() - 1;
        }
    }

    private static LedgerIndex read(Path folder, Optional<EventReplay> replay, Visitor visitor)
            throws IOException {
        LedgerApplication application = application(folder);
        try (JournalReader reader = JournalReader.open(ledger(folder))) {
            if (reader.firstHeight() > 1) {
                throw new IOException(
                        ("%s: the blocks below %d were pruned, and what is settled is read from all"
                                        + " of them; name a folder that has them")
                                .formatted(ledger(folder), reader.firstHeight()));
            }
            for (var next = reader.findNext(); next.isPresent(); next = reader.findNext()) {
                Replay.execute(application, next.get());
                if (replay.isPresent()) {
                    replay.get().apply(next.get(), application.nextEvents());
                }
                List<EnergyEvent> events = application.index(next.get());
                visitor.visit(next.get(), events, application.index(), application.state());
            }
        }
        return application.index();
    }

    /// The genesis of the ledger in a folder, for whoever is going to finish what a crash left
    /// there; empty where the crash came before it was written.
    ///
    /// @throws IOException if it cannot be read
    static Optional<Genesis> findGenesis(Path folder) throws IOException {
        Optional<byte[]> genesis = JournalReader.findGenesis(ledger(folder));
        return genesis.isEmpty() ? Optional.empty() : Optional.of(decode(folder, genesis.get()));
    }

    /// Of a ledger that several share, the community is meant whose keys lie in the folder; of any
    /// other, the one that there is, so that foreign keys are found out.
    private static LedgerApplication application(Path folder) throws IOException {
        Genesis genesis = readGenesis(folder);
        Optional<Keys> keys =
                genesis.isShared() ? Keys.find(Archive.keys(folder)) : Optional.empty();
        return keys.isEmpty()
                ? new LedgerApplication(genesis)
                : new LedgerApplication(genesis, found -> Recomputation.isOf(found, keys.get()));
    }

    private static Genesis readGenesis(Path folder) throws IOException {
        try (JournalReader reader = JournalReader.open(ledger(folder))) {
            return decode(folder, reader.genesis());
        }
    }

    private static Genesis decode(Path folder, byte[] genesis) throws IOException {
        try {
            return Genesis.decode(genesis);
        } catch (CborException malformed) {
            throw new IOException(
                    ledger(folder) + ": the genesis is damaged: " + malformed.getMessage(),
                    malformed);
        }
    }

    private static Path ledger(Path folder) throws IOException {
        Path ledger = Archive.ledger(folder);
        if (!Files.isDirectory(ledger)) {
            throw new IOException(
                    folder + ": holds no ledger; name the folder given to settle --out");
        }
        return ledger;
    }

    /// Is shown the blocks of a ledger.
    @FunctionalInterface
    public interface Visitor {
        /// Takes note of a block.
        ///
        /// @param events what happened in the block
        /// @param index all blocks up to this one
        /// @throws IOException if something does not hold
        void visit(Block block, List<EnergyEvent> events, LedgerIndex index) throws IOException;

        /// The same for whoever also needs the state after the block.
        default void visit(Block block, List<EnergyEvent> events, LedgerIndex index, State state)
                throws IOException {
            visit(block, events, index);
        }
    }
}
