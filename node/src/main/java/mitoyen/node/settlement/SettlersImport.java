package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.books.SettledDay;
import mitoyen.node.community.Community;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.Phrase;
import mitoyen.node.input.Refused;
import mitoyen.node.input.Term;
import mitoyen.node.keys.Keys;
import mitoyen.node.readings.ImportOptions;
import mitoyen.node.readings.ImportedDay;
import mitoyen.node.readings.LocalDay;
import mitoyen.node.readings.Progress;
import mitoyen.node.readings.ReadingsImport;
import mitoyen.node.settlement.LedgerIndex.SettledEntry;
import mitoyen.node.vault.SealedDay;
import mitoyen.node.vault.Vault;

/// Readings that arrive at one of several settlers: checked as `settle` checks them and kept in his
/// vault, all of them or none. Nothing goes on the ledger here.
///
/// A day is kept under the revision that its next settlement has. Readings of a settled day that
/// come to what the settlers agreed on are kept in the place of what is there, so that a settler
/// who was away, or wrong, catches up; others are refused unless a correction is asked for. A
/// correction that was wrong, and that nobody else agreed on, is taken back by one to what was
/// agreed on.
final class SettlersImport {
    private final SettlementRequest request;
    private final Community community;
    private final SettlersVault own;
    private final Archive archive;
    private final Keys keys;
    private final Recomputation recomputation;
    private final List<Phrase> differences = new ArrayList<>();
    private final SortedMap<LocalDate, Kept> toKeep = new TreeMap<>();
    private final SortedMap<LocalDate, Integer> toTakeBack = new TreeMap<>();
    private final SortedSet<Digest> keptTerms = new TreeSet<>();
    private int fresh;
    private int unchanged;

    SettlersImport(SettlementRequest request, Community community, SettlersVault own) {
        this.request = request;
        this.community = community;
        this.own = own;
        this.archive = own.archive();
        this.keys = archive.keys();
        this.recomputation = new Recomputation(archive);
    }

    /// Takes readings in.
    ///
    /// @throws InputMistakes if the input is bad; nothing was written
    /// @throws Refused if the community or days are others than those of the ledger; nothing was
    ///   written
    KeptReadings run(Disk disk) throws InputMistakes, Refused, IOException {
        requireSameCommunity();
        ImportOptions options =
                new ImportOptions(request.maxKw(), request.gapsZero(), request.partial());
        try (ReadingsImport readings =
                ReadingsImport.read(community, request.readings(), options, Progress.NONE)) {
            readings.check(day -> rosterOf(day, readings));
            for (LocalDay day : readings.days()) {
                look(day, readings);
            }
            if (!differences.isEmpty() && !request.correct()) {
                throw new Refused(
                        new Mistake(
                                request.folder().toString(),
                                0,
                                Fault.DAYS_REVISED,
                                differences.size()),
                        differences);
            }
            requireTerms(readings);
            keep(readings, disk);
        }
        return new KeptReadings(fresh, differences.size(), unchanged, archive.index().anchor());
    }

    /// What a ledger cannot change, and whose keys the settlers share.
    private void requireSameCommunity() throws InputMistakes, Refused, IOException {
        Path file = request.community();
        Terms terms = community.terms();
        FoundCommunity founding =
                archive.index()
                        .findFounding()
                        .orElseThrow(() ->
                                new Refused(
                                        new Mistake(
                                                file.toString(),
                                                0,
                                                Fault.COMMUNITY_NOT_FOUNDED,
                                                terms.community())));
        Terms founded = archive.community(founding.terms()).terms();
        FixedTerms.requireSame(request.folder(), founded, terms);
        for (String member : community.details().keySet()) {
            if (!keys.members().containsKey(member)) {
                throw new Refused(
                        new Mistake(file.toString(), 0, Fault.MEMBER_WITHOUT_KEYS, member));
            }
        }
    }

    /// Requires of the terms what the days need that will be kept under them: a price, and of those
    /// that are corrected a reading of each meter of the new terms.
    private void requireTerms(ReadingsImport readings) throws InputMistakes, IOException {
        for (Map.Entry<LocalDate, Kept> each : toKeep.entrySet()) {
            FixedTerms.requirePrices(
                    request.community(), each.getValue().community.terms(), each.getKey());
        }
        if (!differences.isEmpty()) {
            readings.check(day -> {
                Kept kept = toKeep.get(day);
                return kept == null
                        ? rosterOf(day, readings)
                        : kept.community.terms().rosterOn(day);
            });
        }
    }

    /// A day that is not settled falls under the new terms. Of a settled day without a row nothing
    /// is asked: it stays as it is.
    private Roster rosterOf(LocalDate day, ReadingsImport readings) {
        return archive.index().isSettled(day) && !readings.hasRows(day)
                ? Roster.NONE
                : communityOf(day).terms().rosterOn(day);
    }

    /// The terms that a day was settled under, if they are known here: a settler who was away may
    /// have to be given them with the readings.
    private Community communityOf(LocalDate day) {
        Optional<Digest> terms =
                archive.index().findSettled(day).map(entry -> entry.settlement().terms());
        try {
            return terms.isEmpty() ? community : archive.community(terms.get());
        } catch (IOException unknown) {
            return community;
        }
    }

    private void look(LocalDay day, ReadingsImport readings) throws IOException {
        Optional<SettledEntry> settled = archive.index().findSettled(day.date());
        if (settled.isEmpty()) {
            fresh++;
            toKeep.put(day.date(), new Kept(community, 0));
        } else if (readings.hasRows(day.date())) {
            lookAgain(day, settled.get(), readings);
        }
    }

    private void lookAgain(LocalDay day, SettledEntry settled, ReadingsImport readings)
            throws IOException {
        Community terms = communityOf(day.date());
        ImportedDay imported = readings.load(day.date(), terms.terms().rosterOn(day.date()));
        SettledDay computed = share(day, imported, new Kept(terms, settled.revision()));
        if (recomputation
                .settlement(computed, settled.settlement().supersedes())
                .equals(settled.settlement())) {
            unchanged++;
            if (!own.confirms(day.date())) {
                toKeep.put(day.date(), new Kept(terms, settled.revision()));
            }
            if (request.correct() && archive.keeps(day.date(), settled.revision() + 1)) {
                toTakeBack.put(day.date(), settled.revision() + 1);
            }
        } else {
            differences.add(difference(day, imported));
            toKeep.put(day.date(), new Kept(community, settled.revision() + 1));
        }
    }

    private Phrase difference(LocalDay day, ImportedDay imported) throws IOException {
        Optional<DayDifference> found =
                own.confirms(day.date())
                        ? DayDifference.find(
                                archive.load(day.date()),
                                day,
                                imported,
                                community.terms().rosterOn(day.date()))
                        : Optional.empty();
        return found.map(DayDifference::what)
                .orElseGet(() -> new Phrase(Term.OTHER_THAN_AGREED, day.date()));
    }

    private void keep(ReadingsImport readings, Disk disk) throws IOException {
        try (Vault vault = Vault.open(Archive.vault(request.folder()), disk)) {
            // First: of the same terms with other names these are the names that hold.
            keep(community, vault);
            for (LocalDay day : readings.days()) {
                Kept kept = toKeep.get(day.date());
                if (kept != null) {
                    Digest terms = keep(kept.community, vault);
                    Roster roster = kept.community.terms().rosterOn(day.date());
                    SettledDay shared = share(day, readings.load(day.date(), roster), kept);
                    vault.putDay(
                            SealedDay.of(
                                    DayTrees.of(shared, keys).toVault(terms, keys),
                                    archive::vaultKey));
                }
            }
            for (Map.Entry<LocalDate, Integer> each : toTakeBack.entrySet()) {
                vault.removeDay(each.getKey(), each.getValue());
            }
            vault.commit();
        }
        toKeep.keySet().forEach(own::forget);
        toTakeBack.keySet().forEach(own::forget);
        keptTerms.forEach(archive::forget);
    }

    private Digest keep(Community agreed, Vault vault) throws IOException {
        Digest terms = CommunityCodec.commitment(agreed.terms(), keys.community().salt());
        if (keptTerms.add(terms)) {
            vault.putTerms(terms, CommunityCodec.encode(agreed), keys.community().vault());
        }
        return terms;
    }

    private static SettledDay share(LocalDay day, ImportedDay imported, Kept kept) {
        return SettledDay.share(
                day.date(),
                kept.revision,
                day.startMillis(),
                day.endMillis(),
                kept.community,
                imported.readings(),
                imported.missing(),
                imported.outside());
    }

    /// How a day is to be kept.
    private record Kept(Community community, int revision) {}
}
