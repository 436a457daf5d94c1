package mitoyen.ledger.wire;

import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;

/// Who signs with one seed of Ed25519: its key is worked out once, and not again for each of many
/// signatures.
public final class Signer {
    private final byte[] seed;
    private final byte[] key;

    /// @param seed secret, 32 bytes; a copy is made
    public Signer(byte[] seed) {
        this.seed = seed.clone();
        this.key = mitoyen.ledger.signature.Ed25519.keyOf(seed);
    }

    /// The key that its signatures hold for.
    public SignerKey key() {
        return new SignerKey(ByteString.of(key));
    }

    /// The signature of a message; the same for the same message.
    ByteString sign(byte[] message) {
        return ByteString.of(mitoyen.ledger.signature.Ed25519.sign(seed, key, message));
    }
}
