package mitoyen.consensus.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import mitoyen.consensus.Application;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;

/// The form of a block in a segment file (`JO-7`): a head of three numbers, then the payload.
final class BlockRecord {
    /// The length of a head: the payload's length, its checksum, the head's own checksum [bytes].
    static final int HEAD_BYTES = 3 * Integer.BYTES;

    /// The shortest payload: a header and no bundle [bytes].
    static final int MIN_PAYLOAD_BYTES = Block.HEADER_BYTES + Integer.BYTES;

    private BlockRecord() {}

    /// Head and payload of a block.
    static ByteBuffer encode(Block block) {
        int length = MIN_PAYLOAD_BYTES;
        for (byte[] bundle : block.bundles()) {
            length += Integer.BYTES + bundle.length;
        }
        ByteBuffer record = ByteBuffer.allocate(HEAD_BYTES + length);
        record.position(HEAD_BYTES).put(block.header()).putInt(block.bundles().size());
        for (byte[] bundle : block.bundles()) {
            record.putInt(bundle.length).put(bundle);
        }
        record.putInt(0, length).putInt(4, checksum(record.array(), HEAD_BYTES, length));
        return record.putInt(8, checksum(record.array(), 0, 8)).rewind();
    }

    /// The block that a payload holds.
    ///
    /// @throws IllegalArgumentException with what is wrong, if it holds anything else than a block
    static Block decode(byte[] payload) {
        try {
            ByteBuffer fields = ByteBuffer.wrap(payload);
            long height = fields.getLong();
            long timeMillis = fields.getLong();
            Hash previousHash = takeHash(fields);
            Hash bundlesHash = takeHash(fields);
            var result = new Application.BlockResult(takeHash(fields), takeHash(fields));
            List<byte[]> bundles = takeBundles(fields);
            Block block = new Block(height, timeMillis, previousHash, result, bundles);
            if (!block.bundlesHash().equals(bundlesHash)) {
                throw new IllegalArgumentException("its bundles do not match its header");
            }
            return block;
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("its bundles are longer than it is", cut);
        }
    }

    /// Whether a payload may have this length [bytes] (`JO-4`).
    static boolean isLength(int length) {
        return length >= MIN_PAYLOAD_BYTES && length <= Block.MAX_BYTES;
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }

    private static List<byte[]> takeBundles(ByteBuffer fields) {
        int count = fields.getInt();
        if (count < 0 || count > Block.MAX_BUNDLES) {
            throw new IllegalArgumentException("it counts " + count + " bundles");
        }
        List<byte[]> bundles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = fields.getInt();
            if (length < 0 || length > fields.remaining()) {
                throw new IllegalArgumentException("a bundle claims " + length + " bytes");
            }
            bundles.add(take(fields, length));
        }
        if (fields.hasRemaining()) {
            throw new IllegalArgumentException(fields.remaining() + " bytes follow its bundles");
        }
        return bundles;
    }

    private static Hash takeHash(ByteBuffer fields) {
        return Hash.of(take(fields, Hash.LENGTH));
    }

    private static byte[] take(ByteBuffer fields, int length) {
        byte[] bytes = new byte[length];
        fields.get(bytes);
        return bytes;
    }
}
