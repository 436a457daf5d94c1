package mitoyen.node.settlement;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.books.SettledDay;
import mitoyen.node.community.Community;
import mitoyen.node.output.AllocationsCsv;
import mitoyen.node.output.CsvMemory;
import mitoyen.node.output.CsvText;
import mitoyen.node.readings.ImportedDay;
import mitoyen.node.readings.LocalDay;
import mitoyen.node.readings.ReadingsImport;

/// All that a run computes of a day before it writes anything of it: what is shared and traded,
/// leaves and roots, sealed readings, printed rows.
///
/// Tasks are made before anything is written; they then need nothing that changes.
final class DayPreparation {
    /// How much of the heap prepared days may take [bytes].
    private static final long HEAP_LIMIT = 64L << 20;

    /// What a meter's interval takes: five numbers, the leaf and its seal, a printed row [bytes].
    private static final long BYTES_A_CELL = 5 * Long.BYTES + 20 + 90;

    /// One is being prepared, and two in wait carry a thread over what holds the others up.
    private static final int DAYS_A_PROCESSOR = 3;

    private static final int MINUTES_A_DAY = 25 * 60;

    private final Folder folder;
    private final Community community;
    private final ReadingsImport readings;
    private final CsvMemory memory = new CsvMemory();

    private final SortedMap<LocalDate, Callable<PreparedDay>> settling = new TreeMap<>();

    /// @param fresh the spans of the days that are to be settled in this run
    DayPreparation(
            Folder folder, Community community, ReadingsImport readings, Collection<LocalDay> fresh)
            throws IOException {
        this.folder = folder;
        this.community = community;
        this.readings = readings;
        for (LocalDay span : fresh) {
            settling.put(span.date(), settling(span));
        }
    }

    /// How many days may be under way at a time, by how large this one is.
    int window(LocalDate date) {
        long meters = community.terms().rosterOn(date).meterCount();
        long members = community.terms().members().size();
        long cells = meters * (MINUTES_A_DAY / community.terms().stepMinutes());
        long bytes = cells * BYTES_A_CELL + members * members * Long.BYTES;
        int most = DAYS_A_PROCESSOR * Runtime.getRuntime().availableProcessors();
        return Math.clamp(HEAP_LIMIT / Math.max(1, bytes), 1, most);
    }

    /// The task that prepares a day.
    Callable<PreparedDay> of(LocalDate date) throws IOException {
        Callable<PreparedDay> fresh = settling.get(date);
        if (fresh != null) {
            return fresh;
        }
        Archive.Stored stored = folder.fetch(date);
        return () -> {
            SettledDay day = stored.open();
            return new PreparedDay(day, AllocationsCsv.rows(day, memory), Optional.empty());
        };
    }

    /// Takes back the memory of rows that were written.
    void recycle(CsvText rows) {
        memory.recycle(rows);
    }

    private Callable<PreparedDay> settling(LocalDay span) throws IOException {
        Archive archive = folder.archive();
        int revision = archive.index().nextRevision(span.date());
        Optional<Digest> supersedes =
                archive.index()
                        .findSettled(span.date())
                        .map(entry -> entry.settlement().allocations());
        Digest terms = folder.keep(community);
        return () -> {
            SettledDay day = share(span, revision);
            return new PreparedDay(
                    day,
                    AllocationsCsv.rows(day, memory),
                    Optional.of(PreparedDay.Entry.of(day, supersedes, terms, archive)));
        };
    }

    private SettledDay share(LocalDay span, int revision) throws IOException {
        ImportedDay imported = readings.load(span.date(), community.terms().rosterOn(span.date()));
        return SettledDay.share(
                span.date(),
                revision,
                span.startMillis(),
                span.endMillis(),
                community,
                imported.readings(),
                imported.missing(),
                imported.outside());
    }
}
