package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.energy.Bills;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.community.Community;
import mitoyen.node.keys.Keys;
import mitoyen.node.vault.Vault;

/// A folder open for settling: keys, vault and ledger, written in this order.
///
/// At most one process has it open at a time: whoever opens it holds its [FolderLock] (JO-13).
final class Folder implements AutoCloseable {
    private final Path path;
    private final Disk disk;
    private final Vault vault;
    private final CommunityLedger ledger;
    private Keys keys;
    private Archive archive;
    private final List<CommunityLedger.Request> uncommitted = new ArrayList<>();
    private Optional<Kept> kept = Optional.empty();

    private Folder(Path path, Disk disk, Vault vault, CommunityLedger ledger, Keys keys) {
        this.path = path;
        this.disk = disk;
        this.vault = vault;
        this.ledger = ledger;
        this.keys = keys;
        this.archive = new Archive(ledger.index(), vault, keys);
    }

    /// The folder at a path, or nothing where none was founded there, or a crash came before the
    /// first block.
    static Optional<Folder> find(Path path, Disk disk, LedgerPort port) throws IOException {
        Optional<Genesis> genesis = findGenesis(path);
        if (genesis.isEmpty()) {
            return Optional.empty();
        }
        Optional<Keys> keys = Keys.find(Archive.keys(path));
        if (keys.isEmpty()) {
            throw missing(Archive.keys(path), "keys");
        }
        if (!Vault.exists(Archive.vault(path))) {
            if (isCommunityFounded(path, port, genesis.get(), keys.get())) {
                throw missing(Archive.vault(path), "sealed readings");
            }
            return Optional.empty();
        }
        Folder folder = open(path, disk, port, genesis.get(), keys.get());
        if (folder.ledger.index().findFounding().isPresent()) {
            return Optional.of(folder);
        }
        folder.close();
        return Optional.empty();
    }

    /// Founds a community in a folder, or goes on where a crash stopped this.
    ///
    /// @param startMillis the start of the first day it will settle [ms since 1970]
    static Folder found(
            Path path,
            Community community,
            long startMillis,
            Disk disk,
            LedgerPort port,
            SecureRandom chance)
            throws IOException {
        Keys keys = Keys.ensure(Archive.keys(path), community.details().keySet(), disk, chance);
        String id = community.terms().community();
        Genesis genesis =
                findGenesis(path).orElseGet(() -> SettlerSignature.genesisOf(id, keys.community()));
        Folder folder = open(path, disk, port, genesis, keys);
        try {
            Digest terms = folder.keep(community);
            folder.vault.commit();
            folder.ledger.submit(
                    List.of(
                            new CommunityLedger.Request(
                                    "found " + id,
                                    startMillis,
                                    Recomputation.founding(
                                            community.terms(), terms, keys.community()))));
        } catch (IOException | RuntimeException | Error failure) {
            folder.close();
            throw failure;
        }
        return folder;
    }

    /// Whether the ledger at a path has a community, which a node may have founded it without.
    private static boolean isCommunityFounded(
            Path path, LedgerPort port, Genesis genesis, Keys keys) throws IOException {
        try (CommunityLedger ledger = port.open(Archive.ledger(path), genesis, keys.community())) {
            return ledger.index().findFounding().isPresent();
        }
    }

    /// The community of a folder as it was settled last; nothing where none was founded in it.
    ///
    /// @throws IOException if a part is missing or does not hold
    static Optional<Community> findLastCommunity(Path path, Disk disk, LedgerPort port)
            throws IOException {
        Optional<Folder> found = find(path, disk, port);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Folder folder = found.get()) {
            return Optional.of(folder.archive.lastCommunity());
        }
    }

    /// Whether a ledger was begun at a path.
    static boolean isFounded(Path path) throws IOException {
        return findGenesis(path).isPresent();
    }

    Archive archive() {
        return archive;
    }

    /// Makes the keys of members that have none yet.
    ///
    /// @throws IOException if the keys of someone who was a member before are gone: new ones would
    ///   open nothing of his
    void ensureKeys(Community community, SecureRandom chance) throws IOException {
        for (String member : archive.memberIds()) {
            keys.getMember(member);
        }
        keys = Keys.ensure(Archive.keys(path), community.details().keySet(), disk, chance);
        archive = new Archive(ledger.index(), vault, keys);
    }

    /// Takes over names and notes that were corrected while the terms stayed the same.
    void renew(Community community) throws IOException {
        Digest commitment = CommunityCodec.commitment(community.terms(), keys.community().salt());
        if (archive.knows(commitment) && !archive.community(commitment).equals(community)) {
            keep(community);
            vault.commit();
            archive = new Archive(ledger.index(), vault, keys);
        }
    }

    /// A settled day, still sealed, also while another thread puts and commits others.
    synchronized Archive.Stored fetch(LocalDate date) throws IOException {
        return archive.fetch(date);
    }

    /// Puts a day into the vault; its block follows with [#commit].
    synchronized void put(PreparedDay.Entry entry) throws IOException {
        vault.putDay(entry.sealed());
        SettleDay settlement = entry.settlement();
        int revision = ledger.index().nextRevision(settlement.day());
        uncommitted.add(
                new CommunityLedger.Request(
                        "settle " + settlement.day() + " " + revision,
                        settlement.endMillis(),
                        settlement));
    }

    /// Makes durable what was put: all of it in the vault first, then a block for each day.
    synchronized void commit() throws IOException {
        if (!uncommitted.isEmpty()) {
            vault.commit();
            ledger.submit(uncommitted);
            uncommitted.clear();
        }
    }

    /// Claims what is due for each month with days that no claim covers yet.
    ///
    /// @return the months whose claim waits
    List<String> claim(Bills bills) throws IOException {
        Claims claims = Claims.of(ledger.index(), new Recomputation(archive).accounts());
        List<CommunityLedger.Request> requests = new ArrayList<>();
        for (ClaimMonth claim : claims.due(bills)) {
            String what = "claim " + claim.month() + " " + claim.number();
            requests.add(new CommunityLedger.Request(what, 0, claim));
        }
        if (!requests.isEmpty()) {
            ledger.submit(requests);
        }
        return claims.waiting();
    }

    @Override
    public void close() throws IOException {
        try (vault) {
            ledger.close();
        }
    }

    private static Optional<Genesis> findGenesis(Path path) throws IOException {
        return Files.exists(Archive.ledger(path))
                ? LedgerReader.findGenesis(path)
                : Optional.empty();
    }

    private static Folder open(Path path, Disk disk, LedgerPort port, Genesis genesis, Keys keys)
            throws IOException {
        Vault vault = Vault.open(Archive.vault(path), disk);
        try {
            disk.createDirectories(Archive.ledger(path));
            CommunityLedger ledger = port.open(Archive.ledger(path), genesis, keys.community());
            return new Folder(path, disk, vault, ledger, keys);
        } catch (IOException | RuntimeException | Error failure) {
            vault.close();
            throw failure;
        }
    }

    private static IOException missing(Path path, String part) {
        return new IOException(
                "%s: the %s of this ledger are missing; restore them from a backup"
                        .formatted(path, part));
    }

    /// Keeps the terms and names, and gives the commitment by which the ledger names the terms.
    Digest keep(Community community) throws IOException {
        if (kept.isPresent() && kept.get().community().equals(community)) {
            return kept.get().commitment();
        }
        Digest commitment = CommunityCodec.commitment(community.terms(), keys.community().salt());
        vault.putTerms(commitment, CommunityCodec.encode(community), keys.community().vault());
        kept = Optional.of(new Kept(community, commitment));
        return commitment;
    }

    private record Kept(Community community, Digest commitment) {}
}
