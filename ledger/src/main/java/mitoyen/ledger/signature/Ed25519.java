package mitoyen.ledger.signature;

/// Signatures by Ed25519 (RFC 8032) under one rule that every library can keep (LE-141, LE-142):
/// the key A and the signature's R are canonical encodings of points of prime order, S is below the
/// group's order, and S*B = R + k*A.
///
/// RFC 8032 leaves open whether points with a part of small order pass, and implementations differ
/// on them; a ledger whose replicas differ would split, so such points are refused outright.
public final class Ed25519 {
    /// The length of a private seed [bytes].
    public static final int SEED_LENGTH = 32;

    /// The length of a key [bytes].
    public static final int KEY_LENGTH = 32;

    /// The length of a signature [bytes].
    public static final int SIGNATURE_LENGTH = 64;

    private Ed25519() {}

    /// The public key of a seed.
    ///
    /// @param seed secret, 32 bytes
    public static byte[] keyOf(byte[] seed) {
        byte[] key = new byte[KEY_LENGTH];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, key, 0);
        return key;
    }

    /// The signature of a message; the same for the same seed and message.
    ///
    /// @param seed secret, 32 bytes
    public static byte[] sign(byte[] seed, byte[] message) {
        byte[] signature = new byte[SIGNATURE_LENGTH];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
                seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /// The same signature, by whoever has worked out the key before.
    ///
    /// @param key what [#keyOf] gives for the seed: with any other, signatures would tell the seed
    public static byte[] sign(byte[] seed, byte[] key, byte[] message) {
        byte[] signature = new byte[SIGNATURE_LENGTH];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
                seed, 0, key, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /// Whether bytes are a key: the canonical encoding of a point of prime order (LE-141).
    public static boolean isKey(byte[] key) {
        return key.length == KEY_LENGTH
                && org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(key, 0);
    }

    /// Whether a signature of a message by a key holds (LE-142), the key's own order included. That
    /// comes last: it costs most, and who cannot sign should not be able to ask for it.
    static boolean verify(
            Arithmetic arithmetic, KnownKeys known, byte[] key, byte[] message, byte[] signature) {
        return key.length == KEY_LENGTH
                && signature.length == SIGNATURE_LENGTH
                && arithmetic.ed25519(key, message, signature)
                && known.isOfPrimeOrder(key);
    }
}
