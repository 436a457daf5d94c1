package mitoyen.node.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.consensus.journal.StableJournal;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.node.settlement.Archive;

/// The files of a ledger that a backup holds: what of the journal is stable and, where blocks were
/// pruned, the snapshots that stand for them.
///
/// A node that runs removes snapshots; these are held open, and so cannot go.
final class LedgerFiles implements AutoCloseable {
    private static final int ATTEMPTS = 10;

    private final StableJournal journal;
    private final List<OpenSnapshot> snapshots;

    private LedgerFiles(StableJournal journal, List<OpenSnapshot> snapshots) {
        this.journal = journal;
        this.snapshots = snapshots;
    }

    /// Finds the files of the ledger in a folder.
    ///
    /// @throws BackupException if blocks were pruned that no snapshot stands for
    static LedgerFiles open(Path folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            // Snapshots first: so none is of a block that the journal does not have yet.
            List<OpenSnapshot> found = openWhole(folder);
            StableJournal journal = readJournal(folder, found);
            List<OpenSnapshot> standing = new ArrayList<>();
            for (OpenSnapshot each : found) {
                if (journal.firstHeight() > 1 && each.height >= journal.firstHeight() - 1) {
                    standing.add(each);
                } else {
                    each.content.close();
                }
            }
            if (journal.firstHeight() == 1 || !standing.isEmpty()) {
                return new LedgerFiles(journal, standing);
            }
            if (attempt == ATTEMPTS) {
                throw new BackupException(
                        folder,
                        "its ledger was pruned, and no snapshot stands for the blocks below "
                                + journal.firstHeight());
            }
        }
    }

    /// What of the journal is stable.
    StableJournal journal() {
        return journal;
    }

    /// The snapshots, the oldest first; none unless blocks were pruned.
    List<OpenSnapshot> snapshots() {
        return snapshots;
    }

    @Override
    public void close() throws IOException {
        close(snapshots);
    }

    /// A snapshot whose file is held open.
    ///
    /// @param name of the file
    /// @param content all of it, to be read once
    /// @param bytes how long it is
    record OpenSnapshot(long height, String name, InputStream content, long bytes) {}

    private static StableJournal readJournal(Path folder, List<OpenSnapshot> found)
            throws IOException {
        try {
            return StableJournal.read(Archive.ledger(folder));
        } catch (IOException | RuntimeException | Error failure) {
            close(found);
            throw failure;
        }
    }

    private static List<OpenSnapshot> openWhole(Path folder) throws IOException {
        SnapshotFolder files = new SnapshotFolder(Archive.snapshots(folder));
        List<OpenSnapshot> opened = new ArrayList<>();
        try {
            Optional<Hash> genesis =
                    JournalReader.findGenesis(Archive.ledger(folder)).map(Block::genesisHash);
            for (long height : files.listHeights()) {
                Path file = files.file(height);
                if (genesis.isPresent() && files.isWhole(height, genesis.get())) {
                    opened.add(open(height, file));
                }
            }
            return opened;
        } catch (NoSuchFileException gone) {
            // A newer one takes the places of those that were there: look again.
            close(opened);
            return List.of();
        } catch (IOException | RuntimeException | Error failure) {
            close(opened);
            throw failure;
        }
    }

    private static OpenSnapshot open(long height, Path file) throws IOException {
        long bytes = Files.size(file);
        return new OpenSnapshot(
                height, file.getFileName().toString(), Files.newInputStream(file), bytes);
    }

    private static void close(List<OpenSnapshot> opened) throws IOException {
        for (OpenSnapshot each : opened) {
            each.content.close();
        }
    }
}
