package mitoyen.node.keys;

import java.security.SecureRandom;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;

/// A key that signs, with its secret. It never prints it.
public final class SigningKey {
    private final Secret seed;
    private final KeyKind kind;
    private final SignerKey key;

    /// The Ed25519 key of a seed.
    public SigningKey(Secret seed) {
        this(seed, KeyKind.ED25519);
    }

    /// The key of a seed.
    ///
    /// @throws IllegalArgumentException if the seed is none of that kind
    public SigningKey(Secret seed, KeyKind kind) {
        if (!kind.isSeed(seed)) {
            throw new IllegalArgumentException("no seed of " + kind);
        }
        this.seed = seed;
        this.kind = kind;
        this.key = kind.keyOf(seed);
    }

    /// A new Ed25519 key.
    ///
    /// @param chance where its seed comes from
    public static SigningKey fresh(SecureRandom chance) {
        return fresh(KeyKind.ED25519, chance);
    }

    /// A new key. What is no seed of its kind is drawn again.
    ///
    /// @param chance where its seed comes from
    public static SigningKey fresh(KeyKind kind, SecureRandom chance) {
        Secret seed;
        do {
            byte[] drawn = new byte[Secret.LENGTH];
            chance.nextBytes(drawn);
            seed = new Secret(drawn);
        } while (!kind.isSeed(seed));
        return new SigningKey(seed, kind);
    }

    /// The public key.
    public SignerKey key() {
        return key;
    }

    /// The signature of a message.
    public ByteString sign(byte[] message) {
        return kind.sign(seed, message);
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
