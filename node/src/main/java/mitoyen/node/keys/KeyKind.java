package mitoyen.node.keys;

import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.wire.Ed25519;

/// What a key in a file is of (LE-140). The public key's length tells.
public enum KeyKind {
    /// What devices, services and this program sign with.
    ED25519 {
        @Override
        boolean isSeed(Secret seed) {
            return true;
        }

        @Override
        SignerKey keyOf(Secret seed) {
            return Ed25519.keyOf(seed.toBytes());
        }

        @Override
        ByteString sign(Secret seed, byte[] message) {
            return Ed25519.sign(seed.toBytes(), message);
        }
    },
    /// What phones and smart cards have. A site's passkey stays in its device, and in no file.
    P256 {
        @Override
        boolean isSeed(Secret seed) {
            return mitoyen.ledger.signature.P256.isSecret(seed.toBytes());
        }

        @Override
        SignerKey keyOf(Secret seed) {
            return new SignerKey(
                    ByteString.of(mitoyen.ledger.signature.P256.keyOf(seed.toBytes())));
        }

        @Override
        ByteString sign(Secret seed, byte[] message) {
            return ByteString.of(mitoyen.ledger.signature.P256.sign(seed.toBytes(), message));
        }
    };

    /// What a public key is of.
    public static KeyKind of(SignerKey key) {
        return key.isP256() ? P256 : ED25519;
    }

    /// Whether a secret is one of these keys: not every number is below the order of P-256.
    abstract boolean isSeed(Secret seed);

    /// The public key of a secret that [is one][#isSeed].
    abstract SignerKey keyOf(Secret seed);

    /// The signature of a message by a secret that [is one][#isSeed].
    abstract ByteString sign(Secret seed, byte[] message);
}
