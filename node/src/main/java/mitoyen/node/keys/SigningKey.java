package mitoyen.node.keys;

import java.security.SecureRandom;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.wire.Ed25519;

/// An Ed25519 key that signs, with its secret. It never prints it.
public final class SigningKey {
    private final Secret seed;
    private final SignerKey key;

    /// The key of a seed.
    public SigningKey(Secret seed) {
        this.seed = seed;
        this.key = Ed25519.keyOf(seed.toBytes());
    }

    /// A new key.
    ///
    /// @param chance where its seed comes from
    public static SigningKey fresh(SecureRandom chance) {
        byte[] seed = new byte[Secret.LENGTH];
        chance.nextBytes(seed);
        return new SigningKey(new Secret(seed));
    }

    /// The public key.
    public SignerKey key() {
        return key;
    }

    /// The signature of a message.
    public ByteString sign(byte[] message) {
        return Ed25519.sign(seed.toBytes(), message);
    }

    /// What it is made from.
    Secret seed() {
        return seed;
    }

    /// The public key.
    @Override
    public String toString() {
        return key.toString();
    }
}
