package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.community.Community;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.keys.Keys;
import mitoyen.node.vault.Vault;

/// What one of several settlers works at: the ledger that he follows, his vault and his keys. Any
/// thread may come to it, one at a time.
public final class SettlersDesk implements AutoCloseable {
    private final Path folder;
    private final Disk disk;
    private final Archive archive;
    private final WatchedLedger ledger;
    private final SettlersVault vault;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean closing;

    private SettlersDesk(Path folder, Disk disk, Archive archive, WatchedLedger ledger) {
        this.folder = folder;
        this.disk = disk;
        this.archive = archive;
        this.ledger = ledger;
        this.vault = new SettlersVault(archive);
    }

    /// The desk of a folder; nothing where it has no keys and no vault yet. The ledger is followed
    /// from its first block once somebody comes to it. What a crash left half written in the vault
    /// is taken back: only a writer can, and whoever settles here has the folder to himself.
    public static Optional<SettlersDesk> find(
            Path folder, LedgerBlocks blocks, Genesis genesis, Disk disk) throws IOException {
        Optional<WatchedLedger> ledger =
                Archive.findKeys(folder).map(keys -> WatchedLedger.of(blocks, genesis, keys));
        if (ledger.isEmpty()) {
            return Optional.empty();
        }
        Vault.recover(Archive.vault(folder), disk);
        return Archive.find(folder, disk, ledger.get().index())
                .map(archive -> new SettlersDesk(folder, disk, archive, ledger.get()));
    }

    /// Where it is.
    public Path folder() {
        return folder;
    }

    /// The keys in it.
    public Keys keys() {
        return archive.keys();
    }

    /// The disk below it.
    public Disk disk() {
        return disk;
    }

    /// The community's id, as the vault has it: that of any terms in it.
    public String communityId() throws IOException {
        return archive.communityId();
    }

    /// Does something at it that needs no newer block than it has.
    public <T> T at(Work<T> work) throws IOException {
        turn.lock();
        try {
            return work.run(ledger, vault);
        } finally {
            turn.unlock();
        }
    }

    /// Takes up the blocks that came.
    ///
    /// @return whether anything happened in the energy contract
    public boolean follow() throws IOException {
        BooleanSupplier stop = () -> closing;
        return at((followed, _) -> followed.follow(stop));
    }

    /// The community as the last day that is kept has it, settled or not; as it was founded where
    /// none is; nothing before it is founded.
    public Optional<Community> findCommunity() throws IOException {
        follow();
        return at((followed, _) -> {
            if (followed.index().findFounding().isEmpty()) {
                return Optional.empty();
            }
            SortedMap<LocalDate, Integer> kept = archive.listKept();
            if (kept.isEmpty()) {
                return Optional.of(archive.community(followed.index().founding().terms()));
            }
            LocalDate last = kept.lastKey();
            return Optional.of(archive.load(last, kept.getOrDefault(last, 0)).community());
        });
    }

    /// Checks readings and keeps them in the vault.
    ///
    /// @throws InputMistakes if the input is bad; nothing was written
    /// @throws Refused if the community or days are others than those of the ledger; nothing was
    ///   written
    /// @throws IOException also where it was told to stop before it knew the last block: nothing
    ///   was written, and the same readings can be kept later
    public KeptReadings keep(Community community, SettlementRequest request)
            throws InputMistakes, Refused, IOException {
        follow();
        turn.lock();
        try {
            if (closing) {
                throw new IOException("the node stops");
            }
            return new SettlersImport(request, community, vault).run(disk);
        } finally {
            turn.unlock();
        }
    }

    /// Makes the documents of everything that was settled, if the vault confirms all of it.
    ///
    /// @return whether they were made
    public boolean document() throws IOException {
        return at((followed, own) -> {
            if (followed.index().days().isEmpty() || !own.confirmsAll()) {
                return false;
            }
            Documents.make(folder, archive, disk);
            return true;
        });
    }

    /// Stops following, soon, and takes no more readings in.
    public void stop() {
        closing = true;
    }

    @Override
    public void close() throws IOException {
        stop();
        turn.lock();
        try {
            archive.close();
        } finally {
            turn.unlock();
        }
    }

    /// Something that is done at the desk.
    @FunctionalInterface
    public interface Work<T> {
        /// Does it.
        T run(WatchedLedger ledger, SettlersVault vault) throws IOException;
    }
}
