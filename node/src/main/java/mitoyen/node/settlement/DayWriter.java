package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.books.Books;
import mitoyen.node.output.AllocationsCsv;
import mitoyen.node.output.CsvText;
import mitoyen.node.threads.Ahead;

/// Writes days into `allocations.csv` and the books, on a thread of its own, while the next ones
/// are being settled.
final class DayWriter implements AutoCloseable {
    private final Books books = new Books();
    private final Disk.Replacement file;
    private final int mostWaiting;
    private final Ahead<Books> writing = Ahead.on(1, "allocations-");

    private final Consumer<CsvText> written;

    private DayWriter(Disk.Replacement file, int mostWaiting, Consumer<CsvText> written) {
        this.file = file;
        this.mostWaiting = mostWaiting;
        this.written = written;
    }

    /// @param mostWaiting how many days may wait, which bounds the memory
    /// @param written is told of rows that are needed no more
    static DayWriter begin(Disk disk, Path path, int mostWaiting, Consumer<CsvText> written)
            throws IOException {
        DayWriter writer = new DayWriter(disk.replacementUnsynced(path), mostWaiting, written);
        writer.writing.give(() -> {
            AllocationsCsv.header().writeTo(writer.file.out());
            return writer.books;
        });
        return writer;
    }

    /// Hands over the next day by date.
    void add(PreparedDay prepared) throws IOException {
        if (writing.waiting() == mostWaiting) {
            writing.take();
        }
        writing.give(() -> {
            prepared.rows().writeTo(file.out());
            written.accept(prepared.rows());
            books.add(prepared.day());
            return books;
        });
    }

    /// Has the bills worked out, once all days are added.
    void workOutBills() {
        writing.give(() -> {
            books.bills().workOut();
            return books;
        });
    }

    /// Puts the file in its place.
    ///
    /// @return the books of all days added
    Books finish() throws IOException {
        while (writing.waiting() > 0) {
            writing.take();
        }
        file.commit();
        return books;
    }

    /// Drops the file unless it was finished.
    @Override
    public void close() throws IOException {
        writing.close();
        file.close();
    }
}
