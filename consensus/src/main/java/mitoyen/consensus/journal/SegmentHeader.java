package mitoyen.consensus.journal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import mitoyen.consensus.Hash;

/// The fixed beginning of a file of blocks (`JO-6`) or of headers (`JO-20`): what it is and where
/// in the chain it begins.
///
/// @param kind what the file holds
/// @param genesisHash the hash of the ledger's genesis
/// @param firstHeight the height of the first block in it
/// @param previousHash the hash of the block below that
record SegmentHeader(FileKind kind, Hash genesisHash, long firstHeight, Hash previousHash) {
    /// The length of a segment's header [bytes].
    static final int BYTES =
            8 + Integer.BYTES + Hash.LENGTH + Long.BYTES + Hash.LENGTH + Integer.BYTES;

    private static final int MAGIC_BYTES = 8;
    private static final int VERSION = 1;
    private static final int MOST_BUFFERED_BYTES = 1 << 16;

    /// The header as it stands in the file.
    byte[] encode() {
        byte[] bytes =
                ByteBuffer.allocate(BYTES)
                        .put(kind.magic())
                        .putInt(VERSION)
                        .put(genesisHash.toBytes())
                        .putLong(firstHeight)
                        .put(previousHash.toBytes())
                        .array();
        ByteBuffer.wrap(bytes).putInt(BYTES - Integer.BYTES, checksum(bytes));
        return bytes;
    }

    /// Opens a file that must begin with this header, and reads on behind it.
    ///
    /// @param size of the file [bytes]; of a short one little memory is taken
    /// @throws JournalException naming the first field that differs
    InputStream open(Path file, long size) throws IOException {
        int buffered = Math.clamp(size, BYTES, MOST_BUFFERED_BYTES);
        InputStream in = new BufferedInputStream(Files.newInputStream(file), buffered);
        try {
            check(file, in.readNBytes(BYTES));
            return in;
        } catch (IOException damaged) {
            in.close();
            throw damaged;
        }
    }

    /// Compares the beginning of a file with this header.
    ///
    /// @throws JournalException naming the first field that differs
    private void check(Path file, byte[] found) throws JournalException {
        if (found.length < BYTES) {
            throw new JournalException(file, found.length, "its header is cut short");
        }
        ByteBuffer fields = ByteBuffer.wrap(found);
        byte[] magic = take(fields, MAGIC_BYTES);
        int version = fields.getInt();
        if (!Arrays.equals(magic, kind.magic())) {
            throw new JournalException(file, 0, "is not " + kind.description());
        }
        if (fields.getInt(BYTES - Integer.BYTES) != checksum(found)) {
            throw new JournalException(file, 0, "its header does not match its checksum");
        }
        if (version != VERSION) {
            throw new JournalException(
                    file, MAGIC_BYTES, "has the unknown format version " + version);
        }
        check(file, fields.position(), "the genesis", genesisHash, take(fields, Hash.LENGTH));
        if (fields.getLong() != firstHeight) {
            throw new JournalException(
                    file, fields.position() - Long.BYTES, "does not begin where its name says");
        }
        check(file, fields.position(), "the block below", previousHash, take(fields, Hash.LENGTH));
    }

    private static void check(Path file, int offset, String what, Hash expected, byte[] found)
            throws JournalException {
        if (!Hash.of(found).equals(expected)) {
            throw new JournalException(
                    file,
                    offset,
                    "names %s %s, but it is %s".formatted(what, Hash.of(found), expected));
        }
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static int checksum(byte[] header) {
        CRC32C checksum = new CRC32C();
        checksum.update(header, 0, BYTES - Integer.BYTES);
        return (int) checksum.getValue();
    }
}
