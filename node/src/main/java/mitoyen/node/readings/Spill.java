package mitoyen.node.readings;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rows by day, in a bounded part of the heap and beyond it in a temporary file.
///
/// A row is a handful of variable-length numbers, about six bytes. The file has no name as soon as
/// it is open, so that nothing of it outlives the program, however it ends.
final class Spill implements Closeable {
    /// The share of the heap that rows may take [bytes].
    static final long HEAP_LIMIT = 160L << 20;

    private static final int LONGEST_ROW = 5 * 10;
    private static final byte[] NOTHING = {};

    private final long heapLimit;
    private final boolean operatorSplit;
    private final @Nullable Rows[] days = new @Nullable Rows[LocalDays.NUMBERED];
    private long heapBytes;
    private @Nullable FileChannel file;

    /// Takes what was kept.
    @FunctionalInterface
    interface Cells {
        /// Takes a row.
        ///
        /// @param cell the number that it was added under
        /// @param consumption [mWh] or [Row#EMPTY], as the others
        void take(int cell, long consumption, long production, long allocated, long sold);
    }

    /// @param heapLimit how much heap rows may take [bytes]
    /// @param operatorSplit whether rows have the operator's two values
    Spill(long heapLimit, boolean operatorSplit) {
        this.heapLimit = heapLimit;
        this.operatorSplit = operatorSplit;
    }

    /// Keeps a row.
    ///
    /// @param day the number of the day it belongs to
    /// @param cell a number for the interval and the meter, at least 0
    void add(int day, int cell, Row row) throws IOException {
        Rows rows = days[day];
        if (rows == null) {
            rows = new Rows(cell);
            days[day] = rows;
        }
        if (rows.bytes.length - rows.size < LONGEST_ROW) {
            grow(rows);
        }
        rows.follow(cell, row);
        rows.putCell(cell);
        rows.put(row.consumption + 1);
        rows.put(row.production + 1);
        if (operatorSplit) {
            rows.put(row.allocated + 1);
            rows.put(row.sold + 1);
        }
    }

    /// Whether a day has a row.
    boolean has(int day) {
        return days[day] != null;
    }

    /// The cells of a day, where its rows came one cell after the other, each filled: as in a file
    /// that is ordered by time and has the meters in the order of the community.
    Optional<Run> findRun(int day) {
        Rows rows = days[day];
        return rows == null || !rows.running
                ? Optional.empty()
                : Optional.of(new Run(rows.firstCell, rows.nextCell));
    }

    /// Hands over the rows of a day in the order in which they came.
    void read(int day, Cells cells) throws IOException {
        Rows rows = days[day];
        if (rows == null) {
            return;
        }
        for (Extent extent : rows.extents) {
            byte[] bytes = new byte[extent.length];
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                if (open().read(buffer, extent.position + buffer.position()) < 0) {
                    throw new EOFException("temporary file cut short");
                }
            }
            decode(bytes, bytes.length, cells);
        }
        decode(rows.bytes, rows.size, cells);
    }

    /// Whether rows went to the temporary file.
    boolean isOnDisk() {
        return file != null;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
        Arrays.fill(days, null);
    }

    private void grow(Rows rows) throws IOException {
        if (heapBytes > heapLimit) {
            flush();
        }
        int length = Math.max(256, rows.bytes.length + rows.bytes.length / 2);
        heapBytes += length - rows.bytes.length;
        rows.bytes = Arrays.copyOf(rows.bytes, length);
    }

    private void flush() throws IOException {
        FileChannel channel = open();
        for (Rows rows : days) {
            if (rows == null) {
                continue;
            }
            if (rows.size > 0) {
                rows.extents.add(new Extent(channel.position(), rows.size));
                ByteBuffer buffer = ByteBuffer.wrap(rows.bytes, 0, rows.size);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            rows.bytes = NOTHING;
            rows.size = 0;
            rows.lastCell = 0;
        }
        heapBytes = 0;
    }

    private FileChannel open() throws IOException {
        FileChannel open = file;
        if (open == null) {
            open = openUnnamed();
            file = open;
        }
        return open;
    }

    /// A temporary file that only its owner may read and that is deleted when opened, or, where the
    /// system cannot do that, when closed.
    private static FileChannel openUnnamed() throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Path path = Files.createTempFile("mitoyen-", ".readings", owner);
        return FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE));
    }

    private void decode(byte[] bytes, int size, Cells cells) {
        Cursor at = new Cursor(bytes);
        int cell = 0;
        while (at.position < size) {
            long step = at.next();
            cell += (int) (step >>> 1) ^ -(int) (step & 1);
            long consumption = at.next() - 1;
            long production = at.next() - 1;
            long allocated = operatorSplit ? at.next() - 1 : Row.EMPTY;
            long sold = operatorSplit ? at.next() - 1 : Row.EMPTY;
            cells.take(cell, consumption, production, allocated, sold);
        }
    }

    /// Cells that follow each other, of which each came once and is filled.
    ///
    /// @param first the first
    /// @param end the one after the last
    record Run(int first, int end) {}

    private record Extent(long position, int length) {}

    private static final class Rows {
        private byte[] bytes = NOTHING;
        private int size;
        private int lastCell;
        private final List<Extent> extents = new ArrayList<>();
        private final int firstCell;
        private int nextCell;
        private boolean running = true;

        Rows(int firstCell) {
            this.firstCell = firstCell;
            this.nextCell = firstCell;
        }

        /// Takes note whether the rows are a run still.
        void follow(int cell, Row row) {
            running &= cell == nextCell && !row.isEmpty();
            nextCell = cell + 1;
        }

        /// Appends a cell as its distance from the one before, mostly 1: the sign is the lowest
        /// bit.
        void putCell(int cell) {
            int step = cell - lastCell;
            lastCell = cell;
            put(((step << 1) ^ (step >> 31)) & 0xFFFF_FFFFL);
        }

        /// Appends a number in groups of seven bits, the lowest first.
        void put(long number) {
            byte[] into = bytes;
            int at = size;
            long rest = number;
            while (rest > 0x7F) {
                into[at++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            into[at++] = (byte) rest;
            size = at;
        }
    }

    private static final class Cursor {
        private final byte[] bytes;
        private int position;

        Cursor(byte[] bytes) {
            this.bytes = bytes;
        }

        long next() {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                byte group = bytes[position++];
                number |= (group & 0x7FL) << shift;
                if (group >= 0) {
                    return number;
                }
            }
        }
    }
}
