package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.books.Books;
import mitoyen.node.books.SettledDay;
import mitoyen.node.community.Community;
import mitoyen.node.keys.Keys;
import mitoyen.node.keys.MemberKeys;
import mitoyen.node.keys.Secret;
import mitoyen.node.vault.SealedDay;
import mitoyen.node.vault.Vault;
import mitoyen.node.vault.VaultDay;

/// A folder for reading: what its ledger says, and the days that its vault holds behind it.
public final class Archive implements AutoCloseable {
    private final LedgerIndex index;
    private final Vault vault;
    private final Keys keys;
    private final SortedMap<Digest, Community> communities = new TreeMap<>();
    private final SortedMap<String, MemberKeys> keysByPseudonym = new TreeMap<>();

    Archive(LedgerIndex index, Vault vault, Keys keys) {
        this.index = index;
        this.vault = vault;
        this.keys = keys;
        keys.members().forEach((_, member) -> enter(member));
    }

    /// Opens a folder for reading only. Its ledger is executed again from the first block.
    ///
    /// @throws IOException if a part is missing or does not hold; the message names it
    public static Archive open(Path folder, Disk disk) throws IOException {
        LedgerIndex index = LedgerReader.read(folder);
        return find(folder, disk, index)
                .orElseThrow(() ->
                        new IOException(
                                folder
                                        + ": has no vault or no keys; the ledger alone"
                                        + " can be checked with verify"));
    }

    /// The archive behind a ledger that was read already, or nothing where the folder has no vault
    /// or no keys.
    public static Optional<Archive> find(Path folder, Disk disk, LedgerIndex index)
            throws IOException {
        Optional<Keys> keys = Keys.find(keys(folder));
        Optional<Vault> vault = keys.isEmpty() ? Optional.empty() : Vault.find(vault(folder), disk);
        return vault.map(found -> new Archive(index, found, keys.orElseThrow()));
    }

    /// The folder opened for reading only, or nothing where no community was founded in it.
    ///
    /// @throws IOException if there is a ledger and a part is missing or does not hold
    public static Optional<Archive> findFounded(Path folder, Disk disk) throws IOException {
        if (Files.notExists(ledger(folder))) {
            return Optional.empty();
        }
        boolean founded = LedgerReader.read(folder).findFounding().isPresent();
        return founded ? Optional.of(open(folder, disk)) : Optional.empty();
    }

    /// The community of a folder as it was settled last; nothing where none was founded in it.
    ///
    /// @throws IOException if there is a ledger and a part is missing or does not hold
    public static Optional<Community> findLastCommunity(Path folder, Disk disk) throws IOException {
        Optional<Archive> found = findFounded(folder, disk);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Archive archive = found.get()) {
            return Optional.of(archive.lastCommunity());
        }
    }

    /// Where its ledger lies.
    public static Path ledger(Path folder) {
        return folder.resolve("ledger");
    }

    /// Where the snapshots of its state lie, if there are any.
    public static Path snapshots(Path folder) {
        return folder.resolve("snapshots");
    }

    /// Whether somebody settles into a folder, and so keeps a vault there.
    public static boolean isSettledInto(Path folder) {
        return Files.exists(vault(folder));
    }

    /// Where its vault lies.
    public static Path vault(Path folder) {
        return folder.resolve("vault");
    }

    /// The keys of a folder, if it has any.
    static Optional<Keys> findKeys(Path folder) throws IOException {
        return Keys.find(keys(folder));
    }

    /// Where its keys lie.
    public static Path keys(Path folder) {
        return folder.resolve("keys");
    }

    /// The community as it was settled last.
    Community lastCommunity() throws IOException {
        // A crash may have left a community founded and no day settled.
        return index.days().isEmpty()
                ? community(index.founding().terms())
                : communityOn(index.days().lastKey());
    }

    /// What the ledger says.
    public LedgerIndex index() {
        return index;
    }

    /// The keys of the folder.
    public Keys keys() {
        return keys;
    }

    /// The community under the terms that a settled day was settled with last.
    public Community communityOn(LocalDate date) throws IOException {
        return community(entry(date).settlement().terms());
    }

    /// The community under the terms behind a commitment.
    public Community community(Digest commitment) throws IOException {
        Community known = communities.get(commitment);
        if (known != null) {
            return known;
        }
        byte[] bytes =
                vault.findTerms(commitment, keys.community().vault())
                        .orElseThrow(
                                () -> new IOException("the vault lacks the terms " + commitment));
        Community community = CommunityCodec.decode(bytes);
        communities.put(commitment, community);
        return community;
    }

    /// Forgets the terms behind a commitment: they were kept anew, with other names.
    void forget(Digest commitment) {
        communities.remove(commitment);
    }

    /// The id of the community whose terms the vault keeps.
    ///
    /// @throws IOException if it keeps none
    String communityId() throws IOException {
        Digest terms =
                vault.findAnyTerms()
                        .orElseThrow(() -> new IOException("the vault has no community's terms"));
        return community(terms).terms().community();
    }

    /// Whether days were settled under the terms behind a commitment.
    boolean knows(Digest commitment) {
        return index.days().values().stream()
                .anyMatch(entry -> entry.settlement().terms().equals(commitment));
    }

    /// The ids of everyone who was a member on a settled day.
    SortedSet<String> memberIds() throws IOException {
        SortedSet<Digest> terms = new TreeSet<>();
        index.days().values().forEach(entry -> terms.add(entry.settlement().terms()));
        SortedSet<String> ids = new TreeSet<>();
        for (Digest commitment : terms) {
            ids.addAll(community(commitment).details().keySet());
        }
        return ids;
    }

    /// A settled day in its last revision.
    public SettledDay load(LocalDate date) throws IOException {
        return load(date, entry(date).revision());
    }

    /// A settled day as it was settled in some revision: read from the vault and shared again.
    ///
    /// @throws IOException if the vault lacks it, or a member's keys were destroyed
    public SettledDay load(LocalDate date, int revision) throws IOException {
        return fetch(date, revision).open();
    }

    /// A settled day in its last revision, still sealed.
    Stored fetch(LocalDate date) throws IOException {
        return fetch(date, entry(date).revision());
    }

    private Stored fetch(LocalDate date, int revision) throws IOException {
        SealedDay sealed =
                vault.findDay(date, revision)
                        .orElseThrow(() ->
                                new IOException(
                                        "the vault lacks the readings of %s, revision %d: %s"
                                                .formatted(
                                                        date, revision, remedy(date, revision))));
        return new Stored(sealed, community(sealed.terms()));
    }

    /// An inbox takes in what a day was settled with last, and nothing that was replaced since.
    private String remedy(LocalDate date, int revision) {
        boolean several = index.findFounding().flatMap(founding -> founding.settlers()).isPresent();
        boolean last = index.nextRevision(date) == revision + 1;
        return several && last
                ? "drop what the other settlers have into the node's inbox"
                : "only a backup that has them gives them back";
    }

    /// A settled day as the vault keeps it, with the community of its terms.
    final class Stored {
        private final SealedDay sealed;
        private final Community community;

        private Stored(SealedDay sealed, Community community) {
            this.sealed = sealed;
            this.community = community;
        }

        /// Opens and shares the day again; on any thread.
        SettledDay open() throws IOException {
            VaultDay stored = sealed.open(pseudonym -> find(pseudonym).map(MemberKeys::vault));
            return SettledDay.share(
                    stored.date(),
                    stored.revision(),
                    stored.startMillis(),
                    stored.endMillis(),
                    community,
                    join(stored),
                    stored.missing(),
                    stored.outside());
        }

        private DayReadings join(VaultDay stored) throws IOException {
            try {
                return DayTrees.join(community.terms(), stored, keys);
            } catch (IllegalArgumentException mismatch) {
                throw new IOException(
                        "the vault's readings of %s are not those of its terms"
                                .formatted(stored.date()),
                        mismatch);
            }
        }
    }

    /// The days that the vault keeps, settled or not, each with its last revision.
    public SortedMap<LocalDate, Integer> listKept() throws IOException {
        return vault.listDays();
    }

    /// Whether the vault keeps a day as it was, or will be, settled in some revision, and the terms
    /// of it.
    public boolean keeps(LocalDate date, int revision) throws IOException {
        Optional<SealedDay> kept = vault.findDay(date, revision);
        return kept.isPresent()
                && vault.findTerms(kept.get().terms(), keys.community().vault()).isPresent();
    }

    /// The books of everything the ledger settled.
    public Books books() throws IOException {
        Books books = new Books();
        for (LocalDate date : index.days().keySet()) {
            books.add(load(date));
        }
        return books;
    }

    /// The vault key of the member behind a pseudonym.
    ///
    /// @throws IllegalStateException if the folder does not hold it
    Secret vaultKey(String pseudonym) {
        return find(pseudonym)
                .map(MemberKeys::vault)
                .orElseThrow(() -> new IllegalStateException("no keys behind " + pseudonym));
    }

    @Override
    public void close() throws IOException {
        vault.close();
    }

    private LedgerIndex.SettledEntry entry(LocalDate date) throws IOException {
        return index.findSettled(date).orElseThrow(() -> new IOException(date + " is not settled"));
    }

    private void enter(MemberKeys member) {
        keysByPseudonym.put(member.pseudonymHex(), member);
    }

    private Optional<MemberKeys> find(String pseudonym) {
        return Optional.ofNullable(keysByPseudonym.get(pseudonym));
    }
}
