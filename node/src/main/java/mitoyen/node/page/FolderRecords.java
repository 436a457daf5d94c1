package mitoyen.node.page;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.Member;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.InclusionPath;
import mitoyen.ledger.proof.MerkleTree;
import mitoyen.ledger.proof.Proof;
import mitoyen.ledger.proof.ProofCodec;
import mitoyen.ledger.wire.DayKind;
import mitoyen.ledger.wire.DayLeaf;
import mitoyen.ledger.wire.DayTree;
import mitoyen.node.books.Books;
import mitoyen.node.books.SettledDay;
import mitoyen.node.community.MemberDetails;
import mitoyen.node.settlement.Archive;
import mitoyen.node.settlement.DayTrees;
import mitoyen.node.settlement.Documents;
import mitoyen.node.settlement.LedgerIndex;
import mitoyen.node.settlement.LedgerReader;
import mitoyen.node.settlement.SettledStates;
import mitoyen.node.statement.Statement;

/// A settled folder, read once from its first block and its vault; days and proofs are read again
/// when they are asked for.
final class FolderRecords implements Records, AutoCloseable {
    private final List<WrittenBlock> blocks = new ArrayList<>();
    private final SettledStates states =
            new SettledStates((block, events, _) -> blocks.add(new WrittenBlock(block, events)));
    private final Archive archive;
    private final Street street;
    private final List<Statement> statements;

    private FolderRecords(Path folder, Disk disk) throws IOException {
        LedgerIndex index = LedgerReader.read(folder, states);
        this.archive =
                Archive.find(folder, disk, index)
                        .orElseThrow(() ->
                                new IOException(
                                        folder
                                                + ": has no vault or no keys; the ledger alone can"
                                                + " be checked with verify"));
        Books books = new Books();
        SortedMap<LocalDate, Known> known = new TreeMap<>();
        for (LocalDate date : index.days().keySet()) {
            SettledDay day = archive.load(date);
            books.add(day);
            known.put(date, new Known(day.terms().billing().of(date), usesOf(day)));
        }
        this.street = books.findCommunity().isEmpty() ? empty() : street(books, known);
        this.statements =
                books.findCommunity().isEmpty()
                        ? List.of()
                        : Documents.statements(books, archive).toList();
    }

    /// Opens a folder.
    ///
    /// @throws IOException if a part is missing or does not hold; the message names it
    static FolderRecords open(Path folder, Disk disk) throws IOException {
        return new FolderRecords(folder, disk);
    }

    @Override
    public Street street() {
        return street;
    }

    @Override
    public synchronized DayCurve curve(LocalDate date) throws IOException {
        SettledDay day = archive.load(date);
        return new DayCurve(
                Instant.ofEpochMilli(day.startMillis()),
                Duration.ofMinutes(day.terms().stepMinutes()),
                day.missing(),
                day.outside(),
                new DayUses(day.roster(), day.readings(), day.allocation()).byInterval());
    }

    @Override
    public Optional<Statement> findStatement(String member, String period) {
        return statements.stream()
                .filter(each -> each.member().id().equals(member))
                .filter(each -> each.period().equals(period))
                .findFirst();
    }

    @Override
    public Optional<BlockView> findBlock(long height, Frame frame) {
        return findWritten(height)
                .map(written ->
                        new BlockWords(frame, street).view(written.block(), written.events()));
    }

    @Override
    public synchronized Optional<DayProof> findProof(
            String member, LocalDate date, String kind, String root) throws IOException {
        LedgerIndex.SettledEntry entry = archive.index().days().get(date);
        if (entry == null) {
            return Optional.empty();
        }
        SettledDay day = archive.load(date);
        int place = placeOf(member, day.terms());
        DayTrees trees = DayTrees.of(day, archive.keys());
        DayTree tree =
                kind.equals(DayKind.READINGS.word()) ? trees.readings() : trees.allocations();
        Optional<DayLeaf> leaf =
                tree.leaves().stream().filter(each -> each.member() == place).findFirst();
        if (leaf.isEmpty()) {
            return Optional.empty();
        }
        InclusionPath path = tree.findPath(place).orElseThrow();
        long covered = heightOf(root, entry.height());
        HexFormat hex = HexFormat.of();
        return Optional.of(
                new DayProof(
                        kind,
                        metersOf(place, day.roster()),
                        day.startMillis(),
                        day.terms().stepMinutes(),
                        day.terms().zone(),
                        leaf.get().salt().toString(),
                        hex.formatHex(leaf.get().content().toBytes()),
                        path.index(),
                        path.size(),
                        hexOf(path),
                        tree.root().toString(),
                        hex.formatHex(ProofCodec.encode(prove(date, covered))),
                        covered,
                        archive.index().findRoot(covered).map(Hash::toString).orElseThrow()));
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }

    private Street street(Books books, SortedMap<LocalDate, Known> known) {
        Terms terms = books.findCommunity().orElseThrow().terms();
        List<Street.Resident> residents = residents(terms, books.details());
        LedgerIndex index = archive.index();
        List<Street.Day> days = new ArrayList<>();
        known.forEach((date, day) -> {
            LedgerIndex.SettledEntry entry = Objects.requireNonNull(index.days().get(date));
            days.add(day.settled(date, entry, residents));
        });
        return new Street(
                terms.community(),
                ZoneId.of(terms.zone()),
                terms.currency(),
                terms.networkOperator(),
                terms.stepMinutes(),
                residents,
                days,
                books.bills().members(),
                books.bills().sales(),
                books.bills().fees(),
                new Statement.Anchor(index.height(), index.anchor().root().toString()));
    }

    private Street empty() {
        LedgerIndex index = archive.index();
        return Street.empty(
                index.community(),
                new Statement.Anchor(index.height(), index.anchor().root().toString()));
    }

    private static SortedMap<String, Use> usesOf(SettledDay day) {
        List<Use> byMember =
                new DayUses(day.roster(), day.readings(), day.allocation()).byMember(day.trades());
        SortedMap<String, Use> uses = new TreeMap<>();
        for (int member = 0; member < byMember.size(); member++) {
            uses.put(day.terms().members().get(member).id(), byMember.get(member));
        }
        return uses;
    }

    /// The members of the latest terms in their order, then former ones by id.
    private static List<Street.Resident> residents(
            Terms terms, SortedMap<String, MemberDetails> details) {
        List<String> ids = new ArrayList<>(terms.members().stream().map(Member::id).toList());
        TreeSet<String> former = new TreeSet<>(details.keySet());
        former.removeAll(ids);
        ids.addAll(former);
        return ids.stream()
                .map(id -> {
                    MemberDetails found =
                            details.getOrDefault(id, new MemberDetails(id, Optional.empty()));
                    return new Street.Resident(id, found.name(), found.vatNote());
                })
                .toList();
    }

    private static int placeOf(String member, Terms terms) {
        return terms.members().stream().map(Member::id).toList().indexOf(member);
    }

    private static List<String> metersOf(int member, Roster roster) {
        return roster.places().stream()
                .filter(place -> place.member() == member)
                .map(Roster.Place::meter)
                .toList();
    }

    /// The height whose root this is, or whose block's hash, from that of a block on; else the
    /// last.
    private long heightOf(String root, long block) {
        LedgerIndex index = archive.index();
        for (long height = block; height < index.height(); height++) {
            Hash hash = findWritten(height).orElseThrow().block().hash();
            if (index.findRoot(height).map(Hash::toString).equals(Optional.of(root))
                    || hash.toString().equals(root)) {
                return height;
            }
        }
        return index.height();
    }

    /// What a day is settled to after so many blocks, under the root over them.
    private Proof prove(LocalDate date, long covered) {
        byte[] header = findWritten(covered).orElseThrow().block().header();
        return states.prove(
                archive.index().community(),
                date,
                covered,
                new BlockProof(ByteString.of(header), lastPath(covered).siblings()));
    }

    private InclusionPath lastPath(long covered) {
        int count = Math.toIntExact(covered);
        List<Digest> leaves =
                blocks.subList(0, count).stream()
                        .map(written -> MerkleTree.leafHash(written.block().hash().toBytes()))
                        .toList();
        return MerkleTree.path(leaves, count - 1);
    }

    private Optional<WrittenBlock> findWritten(long height) {
        return height < 1 || height > blocks.size()
                ? Optional.empty()
                : Optional.of(blocks.get(Math.toIntExact(height - 1)));
    }

    private static List<String> hexOf(InclusionPath path) {
        return path.siblings().stream().map(Digest::toString).toList();
    }

    private record WrittenBlock(Block block, List<EnergyEvent> events) {
        WrittenBlock {
            events = List.copyOf(events);
        }
    }

    /// What is known of a settled day beside its entry.
    ///
    /// @param period the billing period that it belongs to by the terms it was settled under
    /// @param uses by the members' ids
    private record Known(String period, SortedMap<String, Use> uses) {
        Street.Day settled(
                LocalDate date, LedgerIndex.SettledEntry entry, List<Street.Resident> residents) {
            SettleDay settlement = entry.settlement();
            return new Street.Day(
                    date,
                    period,
                    entry.revision(),
                    settlement.intervals(),
                    entry.height(),
                    settlement.readings().toString(),
                    settlement.allocations().toString(),
                    residents.stream()
                            .map(resident -> uses.getOrDefault(resident.id(), Use.NONE))
                            .toList());
        }
    }
}
