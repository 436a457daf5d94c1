package mitoyen.ledger.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;

/// The name of a pending transfer: 16 bytes that follow from the transaction that reserved it, so
/// that none ever has the name of another (LE-103).
///
/// @param bytes exactly 16
public record PendingId(ByteString bytes) implements Comparable<PendingId> {
    /// The length of an id [bytes].
    public static final int LENGTH = 16;

    private static final byte[] TAG = "mitoyen pending\n".getBytes(StandardCharsets.UTF_8);

    public PendingId {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a pending id of " + bytes.length() + " bytes");
        }
    }

    /// The id of what a step reserves.
    ///
    /// @param contentHash of the transaction
    /// @param step the step's index in it, from 0
    public static PendingId of(Digest contentHash, int step) {
        byte[] index = ByteBuffer.allocate(Integer.BYTES).putInt(step).array();
        byte[] hash = Sha256.of(TAG, contentHash.toBytes(), index).toBytes();
        return new PendingId(ByteString.of(hash, 0, LENGTH));
    }

    @Override
    public int compareTo(PendingId other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.toString();
    }
}
