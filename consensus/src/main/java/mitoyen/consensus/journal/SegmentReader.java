package mitoyen.consensus.journal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import mitoyen.consensus.Block;

/// The records of one segment file, in order, one in memory at a time.
final class SegmentReader implements AutoCloseable {
    /// What a disk writes whole or not at all, however the power goes [bytes].
    private static final int SECTOR_BYTES = 512;

    /// The first bytes of a record's length, which are zero in every record below 64 KiB: they say
    /// nothing of a sector that was never written.
    private static final int ZERO_LENGTH_BYTES = 2;

    private final Path file;
    private final long size;
    private final InputStream in;
    private long offset = SegmentHeader.BYTES;
    private long height;

    private SegmentReader(Path file, long size, InputStream in, long firstHeight) {
        this.file = file;
        this.size = size;
        this.in = in;
        this.height = firstHeight;
    }

    /// Opens a segment and checks its header.
    static SegmentReader open(Path file, SegmentHeader expected) throws IOException {
        long size = Files.size(file);
        return new SegmentReader(file, size, expected.open(file, size), expected.firstHeight());
    }

    /// What is found where the next record should begin.
    sealed interface Found {
        /// A whole block, and where the next record begins.
        record Whole(Path file, long offset, long end, Block block) implements Found {}

        /// A record as a crash leaves it while it is being written: cut short, or with a sector
        /// that never came to the disk, and with nothing of a later one behind (`JO-10`).
        record Torn(Path file, long offset, String wrong) implements Found {}

        /// The end of the file, just after the last record.
        record End() implements Found {}
    }

    /// The next record.
    ///
    /// @throws JournalException if it is damaged in a way that no crash explains
    Found next() throws IOException {
        if (offset == size) {
            return new Found.End();
        }
        byte[] head = in.readNBytes(BlockRecord.HEAD_BYTES);
        if (head.length < BlockRecord.HEAD_BYTES) {
            return torn(head, "a record is cut short");
        }
        ByteBuffer fields = ByteBuffer.wrap(head);
        int length = fields.getInt();
        int checksum = fields.getInt();
        if (fields.getInt() != BlockRecord.checksum(head, 0, 2 * Integer.BYTES)) {
            return tornOrDamaged(head, "a record's length does not match its checksum");
        }
        if (!BlockRecord.isLength(length)) {
            throw new JournalException(file, offset, "a record claims " + length + " bytes");
        }
        // Never more memory than the file has bytes, whatever it claims.
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            return torn(concat(head, payload), "a record is cut short");
        }
        long end = offset + head.length + length;
        if (checksum != BlockRecord.checksum(payload, 0, length)) {
            String wrong = "a record does not match its checksum";
            if (end < size) {
                throw new JournalException(file, offset, wrong + ", and more follows it");
            }
            return tornOrDamaged(concat(head, payload), wrong);
        }
        Found.Whole whole = new Found.Whole(file, offset, end, decode(file, offset, payload));
        offset = end;
        height++;
        return whole;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// The block at an offset that was found before, all of its record checked again.
    ///
    /// @param end where its record ends, as it was found
    static Block read(Path file, long offset, long end) throws IOException {
        byte[] record = RandomAccess.read(file, offset, Math.toIntExact(end - offset));
        ByteBuffer fields = ByteBuffer.wrap(record);
        int length = record.length - BlockRecord.HEAD_BYTES;
        if (fields.getInt() != length
                || fields.getInt() != BlockRecord.checksum(record, BlockRecord.HEAD_BYTES, length)
                || fields.getInt() != BlockRecord.checksum(record, 0, 2 * Integer.BYTES)) {
            throw new JournalException(file, offset, "a record does not match its checksum");
        }
        byte[] payload = Arrays.copyOfRange(record, BlockRecord.HEAD_BYTES, record.length);
        return decode(file, offset, payload);
    }

    private static Block decode(Path file, long offset, byte[] payload) throws JournalException {
        try {
            return BlockRecord.decode(payload);
        } catch (IllegalArgumentException malformed) {
            throw new JournalException(
                    file, offset, "a record is no block: " + malformed.getMessage());
        }
    }

    private Found tornOrDamaged(byte[] record, String wrong) throws IOException {
        if (!missesSector(record)) {
            throw new JournalException(file, offset, wrong);
        }
        return torn(record, wrong);
    }

    /// @param record what was read of the record; the rest of the segment is still to be read
    private Found torn(byte[] record, String wrong) throws IOException {
        InputStream rest = new SequenceInputStream(new ByteArrayInputStream(record), in);
        // A file that grows while it is read may have given more than it had.
        long bytes = Math.max(0, size - offset);
        OptionalLong later = LaterRecord.find(rest, bytes, height);
        if (later.isPresent()) {
            throw new JournalException(
                    file,
                    offset,
                    "%s, and a later block begins at byte %d"
                            .formatted(wrong, offset + later.getAsLong()));
        }
        return new Found.Torn(file, offset, wrong);
    }

    /// Whether a whole sector's part of the record is zero, as where a sector was never written.
    private boolean missesSector(byte[] record) {
        int from = 0;
        while (from < record.length) {
            int inSector = Math.toIntExact((offset + from) % SECTOR_BYTES);
            int to = Math.min(record.length, from + SECTOR_BYTES - inSector);
            boolean headOfLength = from == 0 && to <= ZERO_LENGTH_BYTES;
            if (!headOfLength
                    && Arrays.equals(record, from, to, new byte[to - from], 0, to - from)) {
                return true;
            }
            from = to;
        }
        return false;
    }

    private static byte[] concat(byte[] head, byte[] payload) {
        byte[] record = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, record, head.length, payload.length);
        return record;
    }
}
