package mitoyen.consensus.snapshot;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.SnapshotApplication;
import mitoyen.consensus.SnapshotContent;
import mitoyen.consensus.disk.Disk;

/// The newest snapshots of a ledger, in a folder of their own (`JO-23`).
///
/// Files of other names in it are left alone. Not for use by several threads at once, but for what
/// says so.
public final class Snapshots {
    /// How many are kept.
    public static final int KEPT = 2;

    private final Disk disk;
    private final SnapshotFolder folder;
    private final Hash genesisHash;
    private final SnapshotApplication application;

    /// @param folder made when the first is taken
    /// @param genesisHash the hash of the ledger's genesis
    /// @param application whose state is written and taken up
    public Snapshots(Disk disk, Path folder, Hash genesisHash, SnapshotApplication application) {
        this.disk = disk;
        this.folder = new SnapshotFolder(folder);
        this.genesisHash = genesisHash;
        this.application = application;
    }

    /// Where they are. On any thread.
    public SnapshotFolder folder() {
        return folder;
    }

    /// Takes up the newest snapshot that is whole, of this ledger, and of a block in the chain;
    /// others are passed over (`JO-27`).
    ///
    /// @return the height it is of; 0 if there is none and the blocks are there from the first
    /// @throws SnapshotException if the blocks are not and no snapshot can stand for them, or if a
    ///   snapshot does not give the state hash of its block
    public long restore(Chain chain) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : newestFirst()) {
            try {
                SnapshotFile snapshot = open(file, chain);
                snapshot.check();
                read(file, snapshot);
                return snapshot.header().block().height();
            } catch (PassedOver | SnapshotException unusable) {
                wrong.add(String.valueOf(unusable.getMessage()));
            }
        }
        if (chain.firstHeight() > 1) {
            throw new SnapshotException(
                    folder.path(),
                    "the blocks below %d were pruned, and no snapshot stands for them%s; restore"
                                    .formatted(chain.firstHeight(), list(wrong))
                            + " the ledger from a backup");
        }
        return 0;
    }

    /// Takes up the snapshot of a height, whole, of this ledger, and of a block in the chain; for
    /// an application beside that of the engine, on any thread.
    ///
    /// @throws SnapshotException if it cannot be used
    /// @throws IOException if it does not give the state hash of its block, or is not there
    public void restore(long ofHeight, Chain chain) throws IOException {
        Path file = folder.file(ofHeight);
        try {
            SnapshotFile snapshot = open(file, chain);
            snapshot.check();
            read(file, snapshot);
        } catch (PassedOver unknown) {
            throw new SnapshotException(file, unknown.reason);
        }
    }

    /// Writes the application's state, and removes all but this and the newest other that is good.
    ///
    /// @param block the header of the last block
    public void take(BlockHeader block, Chain chain) throws IOException {
        disk.createDirectories(folder.path());
        WholeSnapshot.write(
                disk, folder.file(block.height()), genesisHash, block, application::writeSnapshot);
        List<Path> kept = newestGood(chain, SnapshotFile::check);
        for (Path file : newestFirst()) {
            if (!kept.contains(file)) {
                disk.delete(file);
            }
        }
        for (Path leftover : folder.listLeftovers()) {
            disk.delete(leftover);
        }
    }

    /// The height up to which blocks may be pruned: that of the older of two good snapshots, so
    /// that one may still be lost; 0 while there are not two (`JO-28`). On any thread.
    public long coveredHeight(Chain chain) throws IOException {
        List<Path> good = newestGood(chain, SnapshotFile::checkHashes);
        return good.size() < KEPT ? 0 : SnapshotFolder.height(good.getLast());
    }

    private List<Path> newestGood(Chain chain, Check check) throws IOException {
        List<Path> good = new ArrayList<>();
        for (Path file : newestFirst()) {
            if (good.size() < KEPT && isGood(file, chain, check)) {
                good.add(file);
            }
        }
        return good;
    }

    private boolean isGood(Path file, Chain chain, Check check) throws IOException {
        try {
            check.check(open(file, chain));
            return true;
        } catch (SnapshotException | NoSuchFileException unusable) {
            // One may go while another is taken.
            return false;
        }
    }

    /// Opens a file that is of this ledger and of a block in the chain.
    private SnapshotFile open(Path file, Chain chain) throws IOException {
        SnapshotFile snapshot = SnapshotFile.open(file);
        BlockHeader block = snapshot.header().block();
        if (!snapshot.header().genesisHash().equals(genesisHash)) {
            throw new SnapshotException(file, "is of another ledger");
        }
        if (block.height() != SnapshotFolder.height(file)) {
            throw new SnapshotException(file, "is of another height than its name says");
        }
        Optional<BlockHeader> own = chain.findHeader(block.height());
        if (own.isEmpty() || !own.get().equals(block)) {
            throw new SnapshotException(file, "is of a block that is not in this ledger");
        }
        if (block.height() < chain.firstHeight() - 1) {
            throw new SnapshotException(file, "the blocks after it were pruned");
        }
        return snapshot;
    }

    private void read(Path file, SnapshotFile snapshot) throws IOException, PassedOver {
        load(file, snapshot.content());
        BlockHeader block = snapshot.header().block();
        Hash found = application.appHash();
        if (!found.equals(block.appHash())) {
            throw new IOException(
                    "%s: gives the state hash %s, but block %d says %s; remove it to open without"
                            .formatted(file, found, block.height(), block.appHash()));
        }
    }

    private void load(Path file, SnapshotContent content) throws PassedOver {
        try {
            application.readSnapshot(content);
        } catch (IOException unknown) {
            throw new PassedOver(file, unknown);
        }
    }

    private List<Path> newestFirst() throws IOException {
        return folder.listHeights().reversed().stream().map(folder::file).toList();
    }

    private static String list(List<String> wrong) {
        return wrong.isEmpty() ? "" : " (" + String.join("; ", wrong) + ")";
    }

    /// A way to look at all bytes of a file.
    @FunctionalInterface
    private interface Check {
        void check(SnapshotFile file) throws SnapshotException;
    }

    /// A snapshot that is whole, and whose content this application does not know.
    private static final class PassedOver extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        PassedOver(Path file, IOException unknown) {
            super(file + ": " + unknown.getMessage(), unknown);
            reason = String.valueOf(unknown.getMessage());
        }
    }
}
