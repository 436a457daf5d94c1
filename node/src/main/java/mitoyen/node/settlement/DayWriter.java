package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.books.Books;
import mitoyen.node.books.SettledDay;
import mitoyen.node.output.AllocationsCsv;

/// Writes settled days into `allocations.csv` and the books, on a thread of its own, while the next
/// ones are being settled: printing a year takes as long as settling it.
///
/// At most one batch waits while one is written, which bounds the memory.
final class DayWriter implements AutoCloseable {
    private final Books books = new Books();
    private final ExecutorService thread;
    private final Disk.Replacement file;
    private final AllocationsCsv csv;
    private Future<?> writing;

    private DayWriter(Disk.Replacement file) {
        this.file = file;
        this.csv = new AllocationsCsv(file.out());
        this.thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().name("days").factory());
        this.writing = thread.submit(() -> {});
    }

    static DayWriter begin(Disk disk, Path file) throws IOException {
        return new DayWriter(disk.replacementUnsynced(file));
    }

    /// Hands over days in date order; waits for the batch before.
    void add(List<SettledDay> days) throws IOException {
        List<SettledDay> batch = List.copyOf(days);
        await();
        writing =
                thread.submit(() -> {
                    for (SettledDay day : batch) {
                        csv.add(day);
                        books.add(day);
                    }
                    return null;
                });
    }

    /// Puts the file in its place.
    ///
    /// @return the books of all days added
    Books finish() throws IOException {
        await();
        csv.finish();
        file.commit();
        return books;
    }

    /// Drops the file unless it was finished.
    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        file.close();
    }

    private void await() throws IOException {
        try {
            writing.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case IOException unwritable -> throw unwritable;
                case RuntimeException fault -> throw fault;
                case Error fatal -> throw fatal;
                case null, default -> throw new IllegalStateException(failure);
            }
        }
    }
}
