package mitoyen.node.readings;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import mitoyen.ledger.energy.Terms;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.threads.Ahead;

/// The rows of some files, by local day.
///
/// They are read by several threads first, each reading parts of files of its own, which counts no
/// lines and finds nothing wrong. Where anything is wrong, the files are read again in order, by
/// one thread, to say what and where.
final class KeptRows implements Closeable {
    private final List<RowCollector> collectors;
    private final boolean inOrder;
    private final long count;

    private KeptRows(List<RowCollector> collectors, boolean inOrder, long count) {
        this.collectors = List.copyOf(collectors);
        this.inOrder = inOrder;
        this.count = count;
    }

    /// What reading may use of the machine.
    ///
    /// @param threads how many threads may read
    /// @param heapLimit how much heap all rows together may take [bytes]
    /// @param smallestPart the least part of a file that is worth a thread of its own [bytes]
    record Resources(int threads, long heapLimit, long smallestPart) {
        /// All processors, and a share of the heap.
        static Resources standard() {
            return new Resources(
                    Runtime.getRuntime().availableProcessors(), Spill.HEAP_LIMIT, 4L << 20);
        }
    }

    /// What is read, and how.
    record Reading(
            ReadingsScan scan,
            Terms terms,
            LocalDays localDays,
            List<Path> files,
            int maxKw,
            Progress progress,
            Resources resources) {
        private RowCollector collector(MistakeLog mistakes, int collectors) {
            return new RowCollector(
                    localDays,
                    new Producers(terms, scan.meters()),
                    scan.meters(),
                    new Spill(resources.heapLimit / collectors, scan.operatorSplit()),
                    mistakes);
        }
    }

    /// Reads by one thread, in order.
    ///
    /// @param mistakes receives what is wrong
    /// @throws IOException if the rows cannot be kept, such as on a full disk
    static KeptRows inOrder(Reading reading, MistakeLog mistakes) throws IOException {
        RowCollector rows = reading.collector(mistakes, 1);
        try {
            SortedSet<Path> seen = new TreeSet<>();
            long count = 0;
            for (Path file : reading.files) {
                if (Files.exists(file) && !seen.add(file.toRealPath())) {
                    mistakes.add(file.toString(), 0, Fault.GIVEN_TWICE);
                    continue;
                }
                rows.begin(file.toString());
                count += reading.scan.scan(file, reading.maxKw, mistakes, reading.progress, rows);
                rows.throwIfFailed();
            }
            return new KeptRows(List.of(rows), true, count);
        } catch (IOException | RuntimeException failure) {
            rows.close();
            throw failure;
        }
    }

    /// Reads by several threads, in parts.
    ///
    /// @return nothing where there is something to say about a file or a row, or one thread does as
    ///   well
    /// @throws IOException if the rows cannot be kept, such as on a full disk
    static Optional<KeptRows> inParts(Reading reading) throws IOException {
        Optional<List<FilePart>> parts = parts(reading);
        if (parts.isEmpty() || parts.get().size() < 2) {
            return Optional.empty();
        }
        return new Parts(reading, parts.get()).read();
    }

    private static Optional<List<FilePart>> parts(Reading reading) throws IOException {
        SortedSet<Path> seen = new TreeSet<>();
        List<FilePart> parts = new ArrayList<>();
        for (Path file : reading.files) {
            // What is no file of its own, such as a pipe, can be read only once.
            if (!Files.isRegularFile(file)
                    || !Files.isReadable(file)
                    || !seen.add(file.toRealPath())) {
                return Optional.empty();
            }
            parts.addAll(
                    FilePart.split(
                            file, reading.resources.threads, reading.resources.smallestPart));
        }
        return Optional.of(parts);
    }

    /// Whether the rows came in the order of the files, so that lines are known.
    boolean isInOrder() {
        return inOrder;
    }

    /// How many rows the files have.
    long count() {
        return count;
    }

    /// The earliest row.
    Optional<Place> first() {
        return collectors.stream()
                .flatMap(rows -> rows.first().stream())
                .min(Comparator.comparingLong(Place::millis));
    }

    /// The latest row.
    Optional<Place> last() {
        return collectors.stream()
                .flatMap(rows -> rows.last().stream())
                .max(Comparator.comparingLong(Place::millis));
    }

    /// The last file that spoke of a meter.
    Optional<String> fileOfMeter(int meter) {
        return collectors.getLast().fileOfMeter(meter);
    }

    /// The first file that spoke of a day.
    Optional<String> fileOfDay(LocalDate date) {
        return collectors.getFirst().fileOfDay(date);
    }

    /// Whether a day has a row.
    boolean has(int day) {
        return collectors.stream().anyMatch(rows -> rows.has(day));
    }

    /// Whether the rows of a day are known to be those of a range of cells, each once and filled,
    /// without looking at them: where they came in order, and threads that shared the day read one
    /// stretch of it each.
    boolean areRun(int day, int first, int end) {
        List<Optional<Spill.Run>> runs =
                collectors.stream()
                        .filter(rows -> rows.has(day))
                        .map(rows -> rows.findRun(day))
                        .toList();
        if (runs.stream().anyMatch(Optional::isEmpty)) {
            return false;
        }
        int reached = first;
        for (Spill.Run run :
                runs.stream()
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparingInt(Spill.Run::first))
                        .toList()) {
            if (run.first() != reached) {
                return false;
            }
            reached = run.end();
        }
        return reached == end;
    }

    /// Hands over the rows of a day.
    void read(int day, Spill.Cells cells) throws IOException {
        for (RowCollector rows : collectors) {
            rows.read(day, cells);
        }
    }

    @Override
    public void close() throws IOException {
        for (RowCollector rows : collectors) {
            rows.close();
        }
    }

    /// Reads parts by several threads, each with rows of its own.
    private static final class Parts {
        private final Reading reading;
        private final Queue<FilePart> parts;
        private final long total;
        private final AtomicLong done = new AtomicLong();
        private final AtomicLong count = new AtomicLong();
        private final AtomicBoolean wrong = new AtomicBoolean();

        Parts(Reading reading, List<FilePart> parts) throws IOException {
            this.reading = reading;
            this.parts = new ConcurrentLinkedQueue<>(parts);
            long sum = 0;
            for (FilePart part : parts) {
                sum += part.size();
            }
            this.total = sum;
        }

        Optional<KeptRows> read() throws IOException {
            List<RowCollector> collectors = new ArrayList<>();
            try {
                readAll(collectors);
            } catch (IOException | RuntimeException failure) {
                closeAll(collectors);
                throw failure;
            }
            if (wrong.get()) {
                closeAll(collectors);
                return Optional.empty();
            }
            return Optional.of(new KeptRows(collectors, false, count.get()));
        }

        private void readAll(List<RowCollector> collectors) throws IOException {
            int threads = reading.resources.threads;
            try (Ahead<RowCollector> running = Ahead.on(threads, "readings-")) {
                for (int thread = 0; thread < threads; thread++) {
                    MistakeLog mistakes = new MistakeLog();
                    RowCollector rows = reading.collector(mistakes, threads);
                    collectors.add(rows);
                    running.give(() -> readSome(rows, mistakes));
                }
                while (running.waiting() > 0) {
                    running.take();
                }
            }
        }

        /// Reads parts until none is left, or any thread found something wrong.
        private RowCollector readSome(RowCollector rows, MistakeLog mistakes) throws IOException {
            boolean right = false;
            try {
                for (FilePart part = parts.poll(); part != null; part = parts.poll()) {
                    rows.begin(part.file().toString());
                    OptionalLong read =
                            reading.scan.scan(
                                    part,
                                    reading.maxKw,
                                    progress(),
                                    row -> !wrong.get() && rows.take(row));
                    rows.throwIfFailed();
                    if (read.isEmpty() || !mistakes.isEmpty()) {
                        return rows;
                    }
                    count.addAndGet(read.getAsLong());
                }
                right = true;
                return rows;
            } finally {
                if (!right) {
                    wrong.set(true);
                }
            }
        }

        /// The progress of one part, told as that of all.
        private Progress progress() {
            AtomicLong before = new AtomicLong();
            return (what, partDone, _) -> {
                long all = done.addAndGet(partDone - before.getAndSet(partDone));
                synchronized (this) {
                    reading.progress.step(what, all, total);
                }
            };
        }

        private static void closeAll(List<RowCollector> collectors) throws IOException {
            for (RowCollector rows : collectors) {
                rows.close();
            }
        }
    }
}
