package mitoyen.ledger.account;

import mitoyen.ledger.cbor.ByteString;

/// The public key of whoever signs: an Ed25519 point as RFC 8032 encodes it.
///
/// @param bytes exactly 32; whether they are a point of prime order is the verifier's to say
public record SignerKey(ByteString bytes) implements Comparable<SignerKey> {
    /// The length of a key [bytes].
    public static final int LENGTH = 32;

    public SignerKey {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a key of " + bytes.length() + " bytes");
        }
    }

    @Override
    public int compareTo(SignerKey other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.toString();
    }
}
