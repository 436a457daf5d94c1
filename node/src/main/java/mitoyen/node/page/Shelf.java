package mitoyen.node.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.settlement.FolderLock;

/// The records of a folder as they stood when it was last opened. Whoever settles more from here
/// says so; what another program settled is noticed when somebody asks, once that run has ended.
final class Shelf implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Shelf.class.getName());

    private final Path folder;
    private final Disk disk;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Records current = new NothingYet();
    private FolderStamp seen;

    /// Closed one opening later: requests that began before it may still read them.
    private Optional<FolderRecords> previous = Optional.empty();

    private Optional<FolderRecords> open = Optional.empty();

    /// Opens a folder, which may hold no ledger yet.
    ///
    /// @throws IOException if it has one that does not hold
    Shelf(Path folder, Disk disk) throws IOException {
        this.folder = folder;
        this.disk = disk;
        this.seen = FolderStamp.of(folder);
        read(seen);
    }

    /// The records of now; those of before while somebody else reads the folder anew, or settles in
    /// it.
    Records records() {
        if (reading.tryLock()) {
            try {
                lookAgain();
            } catch (IOException failure) {
                // Not its message, which may hold a name: what was read before is shown on.
                LOG.log(
                        Level.WARNING,
                        "the folder has changed and cannot be read: {0}",
                        failure.getClass().getName());
            } finally {
                reading.unlock();
            }
        }
        return current;
    }

    /// Reads the folder again, if it has changed.
    ///
    /// @throws IOException if its ledger does not hold; the old records stay
    void refresh() throws IOException {
        reading.lock();
        try {
            FolderStamp now = FolderStamp.of(folder);
            if (!now.equals(seen)) {
                read(now);
            }
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        reading.lock();
        try {
            close(previous);
            close(open);
        } finally {
            reading.unlock();
        }
    }

    private void lookAgain() throws IOException {
        if (!FolderStamp.of(folder).equals(seen) && !FolderLock.isTaken(folder)) {
            refresh();
        }
    }

    /// What does not hold is not tried again before it changes.
    private void read(FolderStamp now) throws IOException {
        FolderStamp before = seen;
        seen = now;
        if (now.files().isEmpty()) {
            return;
        }
        FolderRecords fresh = FolderRecords.open(folder, disk);
        if (open.isPresent() && !FolderStamp.of(folder).equals(now)) {
            fresh.close(); // a run began meanwhile: perhaps half of it was read
            seen = before;
            return;
        }
        close(previous);
        previous = open;
        open = Optional.of(fresh);
        current = fresh;
    }

    private static void close(Optional<FolderRecords> records) throws IOException {
        if (records.isPresent()) {
            records.get().close();
        }
    }
}
