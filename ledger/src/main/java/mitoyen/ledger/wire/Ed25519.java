package mitoyen.ledger.wire;

import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;

/// Signatures by Ed25519 (RFC 8032) under one rule that every provider can keep (LE-71): the key A
/// and the signature's R are canonical encodings of points of prime order, S is below the group's
/// order, and S*B = R + k*A.
///
/// RFC 8032 leaves open whether points with a part of small order pass, and implementations differ
/// on them; a ledger whose replicas differ would split, so such points are refused outright.
public final class Ed25519 {
    /// The length of a private seed [bytes].
    public static final int SEED_LENGTH = 32;

    /// The length of a signature [bytes].
    public static final int SIGNATURE_LENGTH = 64;

    private Ed25519() {}

    /// The public key of a seed.
    ///
    /// @param seed secret, 32 bytes
    public static SignerKey keyOf(byte[] seed) {
        byte[] key = new byte[SignerKey.LENGTH];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, key, 0);
        return new SignerKey(ByteString.of(key));
    }

    /// The signature of a message; the same for the same seed and message.
    ///
    /// @param seed secret, 32 bytes
    public static ByteString sign(byte[] seed, byte[] message) {
        byte[] signature = new byte[SIGNATURE_LENGTH];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
                seed, 0, message, 0, message.length, signature, 0);
        return ByteString.of(signature);
    }

    /// Whether a signature of a message by a key holds, the key being [valid](#isValid).
    ///
    /// @param signature 64 bytes
    public static boolean verify(SignerKey key, byte[] message, ByteString signature) {
        byte[] bytes = signature.toBytes();
        return bytes.length == SIGNATURE_LENGTH
                && org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(bytes, 0)
                && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                        bytes, 0, key.bytes().toBytes(), 0, message, 0, message.length);
    }

    /// Whether a key is the canonical encoding of a point of prime order.
    public static boolean isValid(SignerKey key) {
        return org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(
                key.bytes().toBytes(), 0);
    }
}
