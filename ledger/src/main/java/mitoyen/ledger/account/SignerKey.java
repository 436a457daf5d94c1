package mitoyen.ledger.account;

import mitoyen.ledger.cbor.ByteString;

/// The public key of whoever signs: an Ed25519 point as RFC 8032 encodes it (32 bytes), or a P-256
/// point in compressed form as SEC 1 encodes it (33 bytes, protocol version 2).
///
/// @param bytes exactly 32 or 33; whether they are a point that may sign is the verifier's to say
public record SignerKey(ByteString bytes) implements Comparable<SignerKey> {
    /// The length of an Ed25519 key [bytes].
    public static final int LENGTH = 32;

    /// The length of a P-256 key [bytes].
    public static final int P256_LENGTH = 33;

    public SignerKey {
        if (bytes.length() != LENGTH && bytes.length() != P256_LENGTH) {
            throw new IllegalArgumentException("a key of " + bytes.length() + " bytes");
        }
    }

    /// Whether it is a P-256 key, and else an Ed25519 one.
    public boolean isP256() {
        return bytes.length() == P256_LENGTH;
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
