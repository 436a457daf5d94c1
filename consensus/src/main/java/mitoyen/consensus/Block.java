package mitoyen.consensus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/// Bundles in their order, what they did to the state, and the block they follow.
///
/// Its [#hash()] is SHA-256 over a tag and its [#header()], which holds a hash over the bundles, so
/// that a header alone proves the chain (`JO-1`, `JO-2`). Two blocks of the same hash are equal.
public final class Block {
    /// The length of a header [bytes].
    public static final int HEADER_BYTES = BlockHeader.BYTES;

    /// The most that header and bundles may take together as they are kept [bytes] (`JO-4`).
    public static final int MAX_BYTES = 16 << 20;

    /// The most bundles in a block (`JO-4`).
    public static final int MAX_BUNDLES = 1 << 16;

    private static final byte[] BLOCK_TAG = tag("mitoyen/block/1\n");
    private static final byte[] BUNDLES_TAG = tag("mitoyen/bundles/1\n");
    private static final byte[] GENESIS_TAG = tag("mitoyen/genesis/1\n");

    private final BlockHeader header;
    private final List<byte[]> bundles;
    private final Hash hash;

    /// A block, with its hashes worked out.
    ///
    /// @param height 1 or more
    /// @param timeMillis [ms since 1970]
    /// @param previousHash the hash of the block below; for the first, [#genesisHash]
    /// @param result what the application made of it
    /// @param bundles opaque; not to be changed afterwards
    /// @throws IllegalArgumentException if the height is not positive or the bundles exceed a limit
    public Block(
            long height,
            long timeMillis,
            Hash previousHash,
            Application.BlockResult result,
            List<byte[]> bundles) {
        checkSize(bundles);
        this.bundles = List.copyOf(bundles);
        this.header =
                new BlockHeader(
                        height,
                        timeMillis,
                        previousHash,
                        bundlesHash(this.bundles),
                        result.appHash(),
                        result.resultsHash());
        this.hash = header.hash();
    }

    /// The hash that stands below the first block: it binds every block to the ledger's genesis.
    public static Hash genesisHash(byte[] genesis) {
        return sha256(GENESIS_TAG, genesis);
    }

    /// Refuses what no block can hold.
    ///
    /// @throws IllegalArgumentException if there are too many bundles, or too many bytes in them
    public static void checkSize(List<byte[]> bundles) {
        if (bundles.size() > MAX_BUNDLES) {
            throw new IllegalArgumentException("a block of " + bundles.size() + " bundles");
        }
        long size = HEADER_BYTES + (long) Integer.BYTES;
        for (byte[] bundle : bundles) {
            size += Integer.BYTES + (long) bundle.length;
        }
        if (size > MAX_BYTES) {
            throw new IllegalArgumentException("a block of " + size + " bytes");
        }
    }

    /// The height: 1 for the first block, then one more each.
    public long height() {
        return header.height();
    }

    /// The time [ms since 1970], strictly rising from block to block.
    public long timeMillis() {
        return header.timeMillis();
    }

    /// The hash of the block below; for the first, the hash of the genesis.
    public Hash previousHash() {
        return header.previousHash();
    }

    /// The hash over the bundles, their number and their lengths.
    public Hash bundlesHash() {
        return header.bundlesHash();
    }

    /// The hash of the application's state after this block.
    public Hash appHash() {
        return header.appHash();
    }

    /// The root over the receipts of this block's transactions.
    public Hash resultsHash() {
        return header.resultsHash();
    }

    /// What was ordered. The arrays are the block's own: not to be changed.
    public List<byte[]> bundles() {
        return bundles;
    }

    /// The hash of the header, and so of everything in the block and everything below it.
    public Hash hash() {
        return hash;
    }

    /// The fixed form that the hash is taken over (`JO-2`): height, time, the hash of the block
    /// below, the hash over the bundles, the application's hash, the hash of the results.
    public byte[] header() {
        return header.encode();
    }

    /// The block without its bundles.
    public BlockHeader toHeader() {
        return header;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Block block && hash.equals(block.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "block " + height() + " " + hash;
    }

    /// The hash of the block that has this header.
    static Hash hashOf(byte[] header) {
        return sha256(BLOCK_TAG, header);
    }

    private static Hash bundlesHash(List<byte[]> bundles) {
        MessageDigest digest = Hash.sha256();
        digest.update(BUNDLES_TAG);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bundles.size()));
        for (byte[] bundle : bundles) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bundle.length));
            digest.update(bundle);
        }
        return Hash.of(digest.digest());
    }

    private static Hash sha256(byte[] tag, byte[] content) {
        MessageDigest digest = Hash.sha256();
        digest.update(tag);
        return Hash.of(digest.digest(content));
    }

    private static byte[] tag(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
