package mitoyen.consensus.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.BlockHeader;

/// The headers of one segment's blocks, kept when their bundles go (`JO-20`): written once, as a
/// whole; of fixed length each, so that any can be found without the others.
final class HeadersFile implements AutoCloseable {
    private static final int RECORD_BYTES = BlockHeader.BYTES + Integer.BYTES;

    private final Path file;
    private final InputStream in;
    private long offset = SegmentHeader.BYTES;

    private HeadersFile(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /// The length of a file of so many headers [bytes].
    static long length(long count) {
        return SegmentHeader.BYTES + count * RECORD_BYTES;
    }

    /// Writes a whole file.
    static void write(OutputStream out, SegmentHeader beginning, List<BlockHeader> headers)
            throws IOException {
        out.write(beginning.encode());
        for (BlockHeader header : headers) {
            out.write(record(header));
        }
    }

    /// A header and its checksum, as they stand in the file.
    static byte[] record(BlockHeader header) {
        ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES).put(header.encode());
        return record.putInt(BlockRecord.checksum(record.array(), 0, BlockHeader.BYTES)).array();
    }

    /// Opens a file and checks its beginning.
    static HeadersFile open(Path file, SegmentHeader expected) throws IOException {
        return new HeadersFile(file, expected.open(file, Files.size(file)));
    }

    /// The header of a height.
    ///
    /// @param firstHeight the height of the file's first header
    static BlockHeader read(Path file, long firstHeight, long height) throws IOException {
        long offset = length(height - firstHeight);
        BlockHeader header = decode(file, offset, RandomAccess.read(file, offset, RECORD_BYTES));
        if (header.height() != height) {
            throw new JournalException(file, offset, "holds the header of another block");
        }
        return header;
    }

    /// The next header; empty after the last.
    ///
    /// @throws JournalException if it is damaged
    Optional<BlockHeader> findNext() throws IOException {
        byte[] record = in.readNBytes(RECORD_BYTES);
        if (record.length == 0) {
            return Optional.empty();
        }
        if (record.length < RECORD_BYTES) {
            throw new JournalException(file, offset, "a header is cut short");
        }
        BlockHeader header = decode(file, offset, record);
        offset += RECORD_BYTES;
        return Optional.of(header);
    }

    /// Where the last header that was read begins [bytes].
    long lastOffset() {
        return offset - RECORD_BYTES;
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static BlockHeader decode(Path file, long offset, byte[] record)
            throws JournalException {
        int checksum = ByteBuffer.wrap(record).getInt(BlockHeader.BYTES);
        if (checksum != BlockRecord.checksum(record, 0, BlockHeader.BYTES)) {
            throw new JournalException(file, offset, "a header does not match its checksum");
        }
        try {
            return BlockHeader.decode(Arrays.copyOf(record, BlockHeader.BYTES));
        } catch (IllegalArgumentException malformed) {
            throw new JournalException(file, offset, "holds " + malformed.getMessage());
        }
    }
}
