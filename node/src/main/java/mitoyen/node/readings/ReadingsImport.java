package mitoyen.node.readings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.energy.Terms;
import mitoyen.node.community.Community;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.threads.Ahead;

/// The readings of some files, checked row by row, kept by local day, and handed out a day at a
/// time.
///
/// Three passes: [#read] takes the rows in any order, [#check] looks at whole days, [#load] hands
/// them out. Memory does not grow with the number of rows.
public final class ReadingsImport implements AutoCloseable {
    /// How many days may be looked at before the first of them is done with.
    private static final int MOST_GLANCES = 16;

    private final List<Path> files;
    private final ImportOptions options;
    private final Progress progress;
    private final LocalDays localDays;
    private final ReadingsScan scan;
    private final KeptRows.Reading reading;
    private final List<LocalDay> days;
    private KeptRows rows;

    /// Reads files of readings and checks each row by itself.
    ///
    /// @param files any number of CSV files, in any order
    /// @param progress hears how many bytes are read
    /// @throws InputMistakes with what is wrong in files and rows
    /// @throws IOException if the disk fails or is full
    public static ReadingsImport read(
            Community community, List<Path> files, ImportOptions options, Progress progress)
            throws InputMistakes, IOException {
        return read(community, files, options, progress, KeptRows.Resources.standard());
    }

    static ReadingsImport read(
            Community community,
            List<Path> files,
            ImportOptions options,
            Progress progress,
            KeptRows.Resources resources)
            throws InputMistakes, IOException {
        Terms terms = community.terms();
        return new ReadingsImport(
                options,
                new KeptRows.Reading(
                        new ReadingsScan(community),
                        terms,
                        new LocalDays(ZoneId.of(terms.zone()), terms.stepMinutes()),
                        List.copyOf(files),
                        options.maxKw(),
                        progress,
                        resources));
    }

    private ReadingsImport(ImportOptions options, KeptRows.Reading reading)
            throws InputMistakes, IOException {
        this.options = options;
        this.reading = reading;
        this.files = reading.files();
        this.progress = reading.progress();
        this.localDays = reading.localDays();
        this.scan = reading.scan();
        Optional<KeptRows> inParts = KeptRows.inParts(reading);
        this.rows = inParts.isPresent() ? inParts.get() : readInOrder(reading);
        this.days = daysOfRange();
    }

    private static KeptRows readInOrder(KeptRows.Reading reading)
            throws InputMistakes, IOException {
        MistakeLog mistakes = new MistakeLog();
        KeptRows rows = KeptRows.inOrder(reading, mistakes);
        if (!mistakes.isEmpty()) {
            rows.close();
        }
        mistakes.throwIfAny();
        return rows;
    }

    private List<LocalDay> daysOfRange() {
        List<LocalDay> range = new ArrayList<>();
        if (rows.first().isEmpty() || rows.last().isEmpty()) {
            return range;
        }
        long start = rows.first().get().millis();
        long end = rows.last().get().millis() + localDays.stepMillis();
        LocalDay last = localDays.containing(rows.last().get().millis());
        LocalDay day = localDays.containing(start);
        while (!day.date().isAfter(last.date())) {
            if (day.intervals() > 0) {
                range.add(localDays.cut(day, start, end));
            }
            day = localDays.on(day.date().plusDays(1));
        }
        return List.copyOf(range);
    }

    /// Checks whole days: no reading twice, none missing, first and last day whole, the operator's
    /// split balanced up to its roundings.
    ///
    /// @param rosterOf the roster of a day: which meters must have readings
    /// @throws InputMistakes with what is wrong
    /// @throws IOException if the disk fails
    public void check(Function<LocalDate, Roster> rosterOf) throws InputMistakes, IOException {
        MistakeLog mistakes = mistakes(rosterOf);
        if (!mistakes.isEmpty() && !rows.isInOrder()) {
            rows.close();
            rows = readInOrder(reading);
            mistakes = mistakes(rosterOf);
        }
        mistakes.throwIfAny();
    }

    private MistakeLog mistakes(Function<LocalDate, Roster> rosterOf) throws IOException {
        MistakeLog mistakes = new MistakeLog();
        DayCheck check = new DayCheck(localDays, scan.meters(), rows, files, options, mistakes);
        check.refusePartialDays(days);
        try (Ahead<Boolean> glances = Ahead.parallel("checks-")) {
            int given = 0;
            for (int done = 0; done < days.size(); done++) {
                while (given < days.size() && glances.waiting() < MOST_GLANCES) {
                    glances.give(glance(days.get(given), rosterOf));
                    given++;
                }
                LocalDay day = days.get(done);
                if (glances.take()) {
                    check.endGaps();
                } else {
                    check.day(day, rosterOf.apply(day.date()), cells -> read(day, cells));
                }
                progress.step("checking " + day.date(), done + 1L, days.size());
            }
        }
        check.endGaps();
        if (!check.duplicates().isEmpty()) {
            new DuplicateLines(scan, options.maxKw(), localDays)
                    .find(files, check.duplicates(), mistakes);
        }
        return mistakes;
    }

    private Callable<Boolean> glance(LocalDay day, Function<LocalDate, Roster> rosterOf) {
        Roster roster = rosterOf.apply(day.date());
        return () ->
                isKnownToBeWhole(day, roster)
                        || DayGlance.isClean(
                                scan.meters(),
                                day,
                                roster,
                                options.gapsZero(),
                                cells -> read(day, cells));
    }

    /// Whether the rows came in such an order that nothing can be wrong with the day: then they
    /// need not be looked at again.
    private boolean isKnownToBeWhole(LocalDay day, Roster roster) {
        int meters = scan.meters().size();
        int first = cellsBefore(day);
        return !scan.operatorSplit()
                && roster.meterCount() == meters
                && rows.areRun(
                        LocalDays.number(day.date()), first, first + day.intervals() * meters);
    }

    /// Every local day from the first to the last start, in order; with partial days, the first and
    /// the last have the span that the readings have.
    public List<LocalDay> days() {
        return days;
    }

    /// Whether the files have a row of a day, if only an empty one.
    public boolean hasRows(LocalDate date) {
        return rows.has(LocalDays.number(date));
    }

    /// How many rows the files have.
    public long rowCount() {
        return rows.count();
    }

    /// The length of an interval [ms].
    public long stepMillis() {
        return localDays.stepMillis();
    }

    /// The readings of a day for the meters of a roster; any number of times.
    ///
    /// @throws IllegalArgumentException if the day is not one of [#days]
    /// @throws IOException if the disk fails
    public ImportedDay load(LocalDate date, Roster roster) throws IOException {
        LocalDay day =
                days.stream()
                        .filter(other -> other.date().equals(date))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(date + " has no readings"));
        return new DayLoad(scan, day, roster).load(cells -> read(day, cells));
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    /// The rows of a day, with cells counted from its start.
    private void read(LocalDay day, Spill.Cells cells) throws IOException {
        int skipped = cellsBefore(day);
        rows.read(
                LocalDays.number(day.date()),
                (cell, consumption, production, allocated, sold) ->
                        cells.take(cell - skipped, consumption, production, allocated, sold));
    }

    /// How many cells lie between local midnight, from which they are counted, and the start of a
    /// day: a cut day starts later.
    private int cellsBefore(LocalDay day) {
        long midnight = localDays.on(day.date()).startMillis();
        return Math.toIntExact((day.startMillis() - midnight) / localDays.stepMillis())
                * scan.meters().size();
    }
}
