package mitoyen.ledger.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mitoyen.ledger.cbor.ByteString;

/// What proves that a block is in the log of blocks, and with it the two roots that its header
/// names (LE-166).
///
/// @param header the block's header, 144 bytes (JO-2)
/// @param path the siblings of its leaf, from the leaf's own level upwards
public record BlockProof(ByteString header, List<Digest> path) {
    /// The length of a header [bytes].
    public static final int HEADER_LENGTH = 144;

    private static final byte[] TAG = "mitoyen/block/1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int STATE_ROOT_AT = 80;
    private static final int RECEIPTS_ROOT_AT = 112;

    /// @throws IllegalArgumentException if the header has another length
    public BlockProof {
        path = List.copyOf(path);
        if (header.length() != HEADER_LENGTH) {
            throw new IllegalArgumentException("a header of " + header.length() + " bytes");
        }
    }

    /// The block's height; negative where the header's eight bytes exceed 2^63 - 1.
    public long height() {
        return MapPlace.read(header.toBytes(), 0);
    }

    /// The root of the state after the block.
    public Digest stateRoot() {
        return digestAt(STATE_ROOT_AT);
    }

    /// The root over the block's receipts.
    public Digest receiptsRoot() {
        return digestAt(RECEIPTS_ROOT_AT);
    }

    /// Whether a log of blocks can hold a block of this height.
    boolean isWithin(LogRoot trusted) {
        return height() >= 1 && height() <= trusted.size();
    }

    /// Whether the log with this root holds the block at its height.
    public boolean proves(LogRoot trusted) {
        Digest leafHash = leafHash(header.toBytes());
        return isWithin(trusted)
                && new InclusionPath(height() - 1, trusted.size(), path)
                        .proves(leafHash, trusted.root());
    }

    /// The hash of a block's leaf in the log of blocks.
    ///
    /// @param header the block's, as JO-2 has it
    public static Digest leafHash(byte[] header) {
        return MerkleTree.leafHash(Sha256.hash(TAG, header));
    }

    /// The hashes of the leaves of several blocks, in their order.
    ///
    /// @param headers one behind the other
    public static List<Digest> leafHashes(byte[] headers) {
        List<Digest> leaves = new ArrayList<>();
        for (int at = 0; at < headers.length; at += HEADER_LENGTH) {
            leaves.add(leafHash(Arrays.copyOfRange(headers, at, at + HEADER_LENGTH)));
        }
        return leaves;
    }

    private Digest digestAt(int offset) {
        return new Digest(ByteString.of(header.toBytes(), offset, offset + Digest.LENGTH));
    }
}
