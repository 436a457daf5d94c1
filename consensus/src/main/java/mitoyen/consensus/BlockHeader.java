package mitoyen.consensus;

import java.nio.ByteBuffer;

/// The 144 bytes of a block that its hash is taken over (`JO-2`): a chain of them proves order and
/// state without the bundles.
///
/// @param height 1 or more
/// @param timeMillis the block's time [ms since 1970]
/// @param previousHash the hash of the block below; for the first, of the genesis
/// @param bundlesHash the hash over the bundles
/// @param appHash the hash of the application's state after the block
/// @param resultsHash the root over the receipts of the block's transactions
public record BlockHeader(
        long height,
        long timeMillis,
        Hash previousHash,
        Hash bundlesHash,
        Hash appHash,
        Hash resultsHash) {
    /// The length of a header [bytes].
    public static final int BYTES = 2 * Long.BYTES + 4 * Hash.LENGTH;

    public BlockHeader {
        if (height < 1) {
            throw new IllegalArgumentException("a block of height " + height);
        }
    }

    /// The header that these bytes are.
    ///
    /// @throws IllegalArgumentException if there are not exactly 144, or the height is not positive
    public static BlockHeader decode(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a header of " + bytes.length + " bytes");
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        return new BlockHeader(
                fields.getLong(),
                fields.getLong(),
                takeHash(fields),
                takeHash(fields),
                takeHash(fields),
                takeHash(fields));
    }

    /// The 144 bytes.
    public byte[] encode() {
        ByteBuffer fields = ByteBuffer.allocate(BYTES).putLong(height).putLong(timeMillis);
        previousHash.write(fields);
        bundlesHash.write(fields);
        appHash.write(fields);
        resultsHash.write(fields);
        return fields.array();
    }

    /// The hash of the block (`JO-1`): what the block above names.
    public Hash hash() {
        return Block.hashOf(encode());
    }

    private static Hash takeHash(ByteBuffer fields) {
        byte[] bytes = new byte[Hash.LENGTH];
        fields.get(bytes);
        return Hash.of(bytes);
    }
}
