package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.energy.Roster;
import mitoyen.node.books.Books;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.Phrase;
import mitoyen.node.input.Refused;
import mitoyen.node.input.Term;
import mitoyen.node.readings.ImportOptions;
import mitoyen.node.readings.ImportedDay;
import mitoyen.node.readings.LocalDay;
import mitoyen.node.readings.Progress;
import mitoyen.node.readings.ReadingsImport;
import mitoyen.node.threads.Ahead;

/// The main job: readings in, a settled ledger and its documents out.
///
/// Everything is checked before anything is written. Then keys, a day's vault, its block, and last
/// the documents by rename, so that a run that was stopped anywhere is finished by running it
/// again.
public final class Settlement {
    /// How many days are made durable together: enough to make the cost of a sync small, few enough
    /// to do again.
    private static final int BATCH_DAYS = 32;

    /// How many times the days under way may wait to be made durable: a day in wait holds a tenth
    /// of what one under way does.
    private static final int WINDOWS_WAITING = 2;

    /// How many differences a refusal shows.
    private static final int SHOWN = 20;

    private final SettlementRequest request;
    private final Disk disk;
    private final LedgerPort port;
    private final SecureRandom chance;
    private final Progress progress;
    private final SortedSet<LocalDate> unchanged = new TreeSet<>();

    /// Settled days between days that were given, of which no row was given: they stay as they are.
    private final SortedSet<LocalDate> notGiven = new TreeSet<>();

    private final List<DayDifference> differences = new ArrayList<>();

    private Settlement(
            SettlementRequest request,
            Disk disk,
            LedgerPort port,
            SecureRandom chance,
            Progress progress) {
        this.request = request;
        this.disk = disk;
        this.port = port;
        this.chance = chance;
        this.progress = progress;
    }

    /// Settles what the request names.
    ///
    /// @param chance where new keys come from; nothing else depends on it
    /// @throws InputMistakes if the input is bad; nothing was written
    /// @throws Refused if days were settled with other readings and a correction was not asked for;
    ///   nothing was written
    /// @throws IOException if a file cannot be read or written; what was settled stays so, and the
    ///   same request goes on from there
    public static SettlementReport run(
            SettlementRequest request, Disk disk, SecureRandom chance, Progress progress)
            throws InputMistakes, Refused, IOException {
        return run(CommunityFile.read(request.community()), request, disk, chance, progress);
    }

    /// Settles what the request names, for a community that was read already.
    ///
    /// @param community instead of the request's file, which is only named in mistakes
    /// @throws InputMistakes as above
    /// @throws Refused as above
    /// @throws IOException as above
    public static SettlementReport run(
            Community community,
            SettlementRequest request,
            Disk disk,
            SecureRandom chance,
            Progress progress)
            throws InputMistakes, Refused, IOException {
        return run(community, request, disk, LedgerPort.ownedBy(disk), chance, progress);
    }

    /// Settles what the request names, on a ledger that is reached by a port.
    ///
    /// @throws InputMistakes as above
    /// @throws Refused as above
    /// @throws IOException as above
    public static SettlementReport run(
            Community community,
            SettlementRequest request,
            Disk disk,
            LedgerPort port,
            SecureRandom chance,
            Progress progress)
            throws InputMistakes, Refused, IOException {
        return new Settlement(request, disk, port, chance, progress).run(community);
    }

    /// The community of a folder as it was settled last; nothing where none was founded in it.
    ///
    /// @throws Refused if somebody else settles there
    /// @throws IOException if a part is missing or does not hold
    public static Optional<Community> findCommunity(Path folder, Disk disk, LedgerPort port)
            throws Refused, IOException {
        if (!Folder.isFounded(folder)) {
            return Optional.empty();
        }
        try (LedgerPort.Hold _ = port.hold(folder)) {
            return Folder.findLastCommunity(folder, disk, port);
        }
    }

    /// Looks at everything that a settlement would look at, and writes nothing. Days with other
    /// readings are in the plan, whether or not a correction was asked for.
    ///
    /// @throws InputMistakes as above
    /// @throws Refused as above
    /// @throws IOException as above
    public static SettlementPlan check(
            Community community, SettlementRequest request, Disk disk, Progress progress)
            throws InputMistakes, Refused, IOException {
        return new Settlement(request, disk, LedgerPort.ownedBy(disk), new SecureRandom(), progress)
                .check(community);
    }

    private SettlementReport run(Community community) throws InputMistakes, Refused, IOException {
        try (ReadingsImport readings = read(community)) {
            boolean checked = !Folder.isFounded(request.folder());
            if (checked) {
                // Before the folder is even made.
                checkAll(community, readings);
            }
            try (LedgerPort.Hold _ = port.hold(request.folder())) {
                return runAlone(community, readings, checked);
            }
        }
    }

    /// @param checked whether the readings were looked at under the new terms alone
    private SettlementReport runAlone(Community community, ReadingsImport readings, boolean checked)
            throws InputMistakes, Refused, IOException {
        Optional<Folder> existing = Folder.find(request.folder(), disk, port);
        if (existing.isPresent()) {
            try (Folder folder = existing.get()) {
                requireWhole(folder.archive().index());
                SortedMap<LocalDate, Roster> settled =
                        compare(folder.archive(), community, readings);
                if (!differences.isEmpty() && !request.correct()) {
                    throw refusal();
                }
                requireNewTerms(community, readings, settled);
                folder.ensureKeys(community, chance);
                folder.renew(community);
                return settle(folder, community, readings);
            }
        }
        if (!checked) {
            checkAll(community, readings);
        }
        try (Folder folder =
                Folder.found(
                        request.folder(),
                        community,
                        readings.days().getFirst().startMillis(),
                        disk,
                        port,
                        chance)) {
            return settle(folder, community, readings);
        }
    }

    /// Refuses to build on a ledger that ends before what was once written down about it.
    private void requireWhole(LedgerIndex index) throws Refused, IOException {
        Optional<SummaryAnchor> summary = SummaryAnchor.find(request.folder());
        Optional<Mistake> reason = summary.flatMap(anchor -> anchor.findReasonAgainst(index));
        if (reason.isPresent()) {
            throw new Refused(reason.get());
        }
    }

    private SettlementPlan check(Community community) throws InputMistakes, Refused, IOException {
        try (ReadingsImport readings = read(community)) {
            Optional<Archive> existing = Archive.findFounded(request.folder(), disk);
            if (existing.isPresent()) {
                try (Archive archive = existing.get()) {
                    requireWhole(archive.index());
                    SortedMap<LocalDate, Roster> settled = compare(archive, community, readings);
                    if (differences.isEmpty() || request.correct()) {
                        requireNewTerms(community, readings, settled);
                    }
                }
            } else {
                checkAll(community, readings);
            }
            int known = unchanged.size() + differences.size() + notGiven.size();
            return new SettlementPlan(
                    readings.days().size() - known,
                    differences.stream().map(DayDifference::date).toList(),
                    unchanged.size());
        }
    }

    private ReadingsImport read(Community community) throws InputMistakes, IOException {
        ImportOptions options =
                new ImportOptions(request.maxKw(), request.gapsZero(), request.partial());
        return ReadingsImport.read(community, request.readings(), options, progress);
    }

    private void checkAll(Community community, ReadingsImport readings)
            throws InputMistakes, IOException {
        readings.check(community.terms()::rosterOn);
        FixedTerms.requirePrices(
                request.community(), community.terms(), readings.days().getFirst().date());
    }

    /// Finds the days that are settled already, and those that were settled with other readings.
    ///
    /// @return the settled days among those of the readings, each with its meters
    private SortedMap<LocalDate, Roster> compare(
            Archive archive, Community community, ReadingsImport readings)
            throws InputMistakes, IOException {
        FixedTerms.requireSame(
                request.folder(),
                archive.community(archive.index().founding().terms()).terms(),
                community.terms());
        SortedMap<LocalDate, Roster> settledRosters = new TreeMap<>();
        for (LocalDay day : readings.days()) {
            if (!archive.index().isSettled(day.date())) {
                continue;
            }
            if (!readings.hasRows(day.date())) {
                notGiven.add(day.date());
                settledRosters.put(day.date(), Roster.NONE);
            } else {
                settledRosters.put(
                        day.date(), archive.communityOn(day.date()).terms().rosterOn(day.date()));
            }
        }
        readings.check(date -> settledRosters.getOrDefault(date, community.terms().rosterOn(date)));
        for (LocalDay day : readings.days()) {
            Roster roster = settledRosters.get(day.date());
            if (roster != null && !notGiven.contains(day.date())) {
                ImportedDay imported = readings.load(day.date(), roster);
                Optional<DayDifference> difference =
                        DayDifference.find(
                                archive.load(day.date()),
                                day,
                                imported,
                                community.terms().rosterOn(day.date()));
                difference.ifPresentOrElse(differences::add, () -> unchanged.add(day.date()));
            }
        }
        return settledRosters;
    }

    private boolean staysAsItIs(LocalDate date) {
        return unchanged.contains(date) || notGiven.contains(date);
    }

    /// Requires of the new terms what the days need that they will settle.
    private void requireNewTerms(
            Community community,
            ReadingsImport readings,
            SortedMap<LocalDate, Roster> settledRosters)
            throws InputMistakes, IOException {
        for (LocalDay day : readings.days()) {
            if (!staysAsItIs(day.date())) {
                FixedTerms.requirePrices(request.community(), community.terms(), day.date());
            }
        }
        if (!differences.isEmpty()) {
            readings.check(date ->
                    staysAsItIs(date)
                            ? settledRosters.getOrDefault(date, community.terms().rosterOn(date))
                            : community.terms().rosterOn(date));
        }
    }

    private Refused refusal() {
        List<Phrase> shown = new ArrayList<>();
        differences.stream().limit(SHOWN).forEach(difference -> shown.add(difference.what()));
        if (differences.size() > SHOWN) {
            shown.add(new Phrase(Term.MORE_DIFFERENCES, differences.size() - SHOWN));
        }
        return new Refused(
                new Mistake(request.folder().toString(), 0, Fault.DAYS_REVISED, differences.size()),
                shown);
    }

    private SettlementReport settle(Folder folder, Community community, ReadingsImport readings)
            throws IOException {
        SortedMap<LocalDate, LocalDay> fresh = new TreeMap<>();
        for (LocalDay day : readings.days()) {
            if (!staysAsItIs(day.date())) {
                fresh.put(day.date(), day);
            }
        }
        SortedSet<LocalDate> dates = new TreeSet<>(folder.archive().index().days().keySet());
        dates.addAll(fresh.keySet());
        Documents documents = new Documents(disk, request.folder());
        DayPreparation preparation =
                new DayPreparation(folder, community, readings, fresh.values());
        int window = preparation.window(dates.getLast());
        Books books;
        try (Ahead<PreparedDay> ahead = Ahead.parallel("days-");
                DayLedger ledger = new DayLedger(folder, window * WINDOWS_WAITING);
                DayWriter writer =
                        DayWriter.begin(
                                disk, documents.allocations(), window, preparation::recycle)) {
            Deque<LocalDate> coming = new ArrayDeque<>(dates);
            for (int done = 1; done <= dates.size(); done++) {
                while (!coming.isEmpty() && ahead.waiting() < window) {
                    ahead.give(preparation.of(coming.remove()));
                }
                PreparedDay day = ahead.take();
                writer.add(day);
                if (day.entry().isPresent()) {
                    ledger.put(day.entry().get());
                }
                if (done % BATCH_DAYS == 0 || done == dates.size()) {
                    ledger.commit();
                }
                progress.step("settling days", done, dates.size());
            }
            writer.workOutBills();
            ledger.finish();
            books = writer.finish();
        }
        List<String> waiting = folder.claim(books.bills());
        documents.write(books, folder.archive());
        return new SettlementReport(
                fresh.size() - differences.size(),
                differences.size(),
                unchanged.size(),
                waiting,
                folder.archive().index().anchor(),
                books);
    }
}
