package mitoyen.ledger.wire;

import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;

/// Signatures by Ed25519 (LE-71) with the keys of accounts; the rule itself is in
/// [mitoyen.ledger.signature.Ed25519].
public final class Ed25519 {
    /// The length of a private seed [bytes].
    public static final int SEED_LENGTH = mitoyen.ledger.signature.Ed25519.SEED_LENGTH;

    /// The length of a signature [bytes].
    public static final int SIGNATURE_LENGTH = mitoyen.ledger.signature.Ed25519.SIGNATURE_LENGTH;

    private Ed25519() {}

    /// The public key of a seed.
    ///
    /// @param seed secret, 32 bytes
    public static SignerKey keyOf(byte[] seed) {
        return new SignerKey(ByteString.of(mitoyen.ledger.signature.Ed25519.keyOf(seed)));
    }

    /// The signature of a message; the same for the same seed and message.
    ///
    /// @param seed secret, 32 bytes
    public static ByteString sign(byte[] seed, byte[] message) {
        return ByteString.of(mitoyen.ledger.signature.Ed25519.sign(seed, message));
    }

    /// Whether a key is the canonical encoding of a point of prime order.
    public static boolean isValid(SignerKey key) {
        return mitoyen.ledger.signature.Ed25519.isKey(key.bytes().toBytes());
    }
}
