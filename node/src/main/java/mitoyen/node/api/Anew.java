package mitoyen.node.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mitoyen.consensus.ReplayException;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.JournalException;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.cometbft.Joining;
import mitoyen.node.configuration.CometSettings;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.configuration.NodeConfiguration.Beginning;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.Refused;
import mitoyen.node.settlement.Archive;
import mitoyen.node.settlement.FolderLock;

/// A ledger that a node gives up, to take it from the others anew (`CE-20`): the way on for a node
/// that came to another outcome than they did, by an older program or a machine that failed.
public final class Anew {
    private Anew() {}

    /// Gives up what the others have as well: the next start removes what is left of ledger,
    /// snapshots, tables and the engine's blocks, and fetches them. Keys, vault and what the
    /// validator signed last stay. Does nothing where there is no folder yet.
    ///
    /// @throws InputMistakes if the genesis is not that of the ledger that is there
    /// @throws Refused if nobody else has the ledger, or another run has the folder
    public static void giveUp(NodeConfiguration configuration, Disk disk)
            throws IOException, InputMistakes, Refused {
        Path folder = configuration.folder();
        boolean isGiven = configuration.beginning() instanceof Beginning.FromFile;
        if (!isGiven || !Beginnings.find(configuration).map(Genesis::isShared).orElse(false)) {
            throw new Refused(new Mistake(folder.toString(), 0, Fault.ANEW_WHERE_ALONE));
        }
        if (!configuration.cometbft().map(CometSettings::start).orElse(false)) {
            throw new Refused(new Mistake(folder.toString(), 0, Fault.ANEW_WITHOUT_START));
        }
        if (Files.exists(folder)) {
            try (FolderLock _ = FolderLock.take(folder, disk)) {
                Joining.giveUp(places(folder), disk);
            }
        }
    }

    /// The refusal of a ledger that does not hold and that the others have as well; nothing where
    /// the node's own copy is the only one, or the failure is another.
    static Optional<Refused> explain(NodeConfiguration configuration, IOException failure) {
        if (configuration.cometbft().isEmpty()) {
            return Optional.empty();
        }
        return switch (failure) {
            case ReplayException otherwise ->
                    Optional.of(
                            refusal(
                                    Archive.ledger(configuration.folder()),
                                    Fault.BLOCK_OF_ANOTHER_PROGRAM,
                                    String.valueOf(otherwise.getMessage())));
            case JournalException damaged ->
                    Optional.of(
                            refusal(
                                    damaged.file(),
                                    Fault.LEDGER_DAMAGED,
                                    Long.toString(damaged.offset()),
                                    damaged.wrong()));
            default -> Optional.empty();
        };
    }

    private static Refused refusal(Path file, Fault fault, Object... values) {
        return new Refused(new Mistake(file.toString(), 0, fault, values));
    }

    /// Where a node of several has its ledger.
    static Joining.Places places(Path folder) {
        return new Joining.Places(folder, Archive.ledger(folder), Archive.snapshots(folder));
    }
}
