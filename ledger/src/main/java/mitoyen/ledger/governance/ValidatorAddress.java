package mitoyen.ledger.governance;

import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Sha256;

/// What the engine calls a validator: the first 20 bytes of the SHA-256 of its key (LE-172).
///
/// @param bytes exactly 20
public record ValidatorAddress(ByteString bytes) implements Comparable<ValidatorAddress> {
    /// The length of an address [bytes].
    public static final int LENGTH = 20;

    public ValidatorAddress {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("an address of " + bytes.length() + " bytes");
        }
    }

    /// The address of whoever signs with a key.
    public static ValidatorAddress of(SignerKey key) {
        byte[] hash = Sha256.of(key.bytes().toBytes()).toBytes();
        return new ValidatorAddress(ByteString.of(hash, 0, LENGTH));
    }

    @Override
    public int compareTo(ValidatorAddress other) {
        return bytes.compareTo(other.bytes);
    }

    /// In hexadecimal.
    @Override
    public String toString() {
        return bytes.toString();
    }
}
