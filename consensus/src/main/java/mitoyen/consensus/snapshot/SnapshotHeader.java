package mitoyen.consensus.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;

/// The fixed beginning of a snapshot (`JO-24`): of which ledger it is, and after which block.
///
/// @param version of the format: 1 or 2
/// @param genesisHash the hash of the ledger's genesis
/// @param block the header of the block whose state it holds
record SnapshotHeader(int version, Hash genesisHash, BlockHeader block) {
    /// The format that had each chunk's hash before the chunk; it is read and not written.
    static final int CHUNKED = 1;

    /// The format that is written.
    static final int CURRENT = 2;

    /// The length of the header [bytes].
    static final int BYTES = 8 + Integer.BYTES + Hash.LENGTH + BlockHeader.BYTES + Integer.BYTES;

    private static final byte[] MAGIC = "MITOYENS".getBytes(StandardCharsets.US_ASCII);

    byte[] encode() {
        byte[] bytes =
                ByteBuffer.allocate(BYTES)
                        .put(MAGIC)
                        .putInt(version)
                        .put(genesisHash.toBytes())
                        .put(block.encode())
                        .array();
        ByteBuffer.wrap(bytes).putInt(BYTES - Integer.BYTES, checksum(bytes));
        return bytes;
    }

    /// The header at the beginning of a file.
    ///
    /// @throws SnapshotException naming what is wrong with it
    static SnapshotHeader decode(Path file, byte[] bytes) throws SnapshotException {
        if (bytes.length < BYTES) {
            throw new SnapshotException(file, "its header is cut short");
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        if (!Arrays.equals(take(fields, MAGIC.length), MAGIC)) {
            throw new SnapshotException(file, "is not a snapshot");
        }
        if (fields.getInt(BYTES - Integer.BYTES) != checksum(bytes)) {
            throw new SnapshotException(file, "its header does not match its checksum");
        }
        int version = fields.getInt();
        if (version != CHUNKED && version != CURRENT) {
            throw new SnapshotException(file, "has the unknown format version " + version);
        }
        try {
            return new SnapshotHeader(
                    version,
                    Hash.of(take(fields, Hash.LENGTH)),
                    BlockHeader.decode(take(fields, BlockHeader.BYTES)));
        } catch (IllegalArgumentException malformed) {
            throw new SnapshotException(file, "is of " + malformed.getMessage());
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
