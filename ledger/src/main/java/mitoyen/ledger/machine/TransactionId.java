package mitoyen.ledger.machine;

import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Sha256;

/// The name of a transaction, made by whoever sends it: 16 bytes. Sending the same again under the
/// same id does nothing twice (LE-54).
///
/// @param bytes exactly 16
public record TransactionId(ByteString bytes) {
    /// The length of an id [bytes].
    public static final int LENGTH = 16;

    public TransactionId {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a transaction id of " + bytes.length() + " bytes");
        }
    }

    /// The id that follows from a content, so that who lost the answer asks again under the same
    /// id: the first 16 bytes of HMAC-SHA-256.
    ///
    /// @param secret the sender's, so that nobody else can take the id before
    /// @param content what the transaction is about
    public static TransactionId derive(byte[] secret, byte[] content) {
        byte[] mac = Sha256.hmac(secret, "mitoyen transaction id", content).toBytes();
        return new TransactionId(ByteString.of(mac, 0, LENGTH));
    }

    @Override
    public String toString() {
        return bytes.toString();
    }
}
