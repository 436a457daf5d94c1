package mitoyen.node.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mitoyen.consensus.disk.Disk;

/// The records of a folder as they stood when it was last opened: whoever settles more says so.
final class Shelf implements AutoCloseable {
    private final Path folder;
    private final Disk disk;
    private volatile Records current = new NothingYet();

    /// Closed one opening later: requests that began before it may still read them.
    private Optional<FolderRecords> previous = Optional.empty();

    private Optional<FolderRecords> open = Optional.empty();

    /// Opens a folder, which may hold no ledger yet.
    ///
    /// @throws IOException if it has one that does not hold
    Shelf(Path folder, Disk disk) throws IOException {
        this.folder = folder;
        this.disk = disk;
        refresh();
    }

    /// The records of now.
    Records records() {
        return current;
    }

    /// Reads the folder again.
    ///
    /// @throws IOException if its ledger does not hold; the old records stay
    synchronized void refresh() throws IOException {
        if (Files.notExists(folder.resolve("ledger"))) {
            return;
        }
        FolderRecords fresh = FolderRecords.open(folder, disk);
        close(previous);
        previous = open;
        open = Optional.of(fresh);
        current = fresh;
    }

    @Override
    public synchronized void close() throws IOException {
        close(previous);
        close(open);
    }

    private static void close(Optional<FolderRecords> records) throws IOException {
        if (records.isPresent()) {
            records.get().close();
        }
    }
}
