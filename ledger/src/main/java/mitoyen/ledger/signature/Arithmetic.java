package mitoyen.ledger.signature;

import org.bouncycastle.math.ec.ECPoint;

/// What a library computes of a signature. Lengths, ranges and the order of a key are checked by
/// whoever asks; a library that is asked something else may answer anything.
sealed interface Arithmetic permits BouncyCastleArithmetic, CorrettoArithmetic {
    /// The library's name and version, for people.
    String name();

    /// Whether S is below the order, R is the canonical encoding of a point of prime order, and S*B
    /// = R + k*A (LE-142).
    ///
    /// @param key the canonical encoding of a point A of prime order; for another one the answer
    ///   means nothing
    /// @param signature R and S, 64 bytes
    boolean ed25519(byte[] key, byte[] message, byte[] signature);

    /// Whether an ECDSA signature over SHA-256 holds (LE-145).
    ///
    /// @param key a point of the curve, normalised, not infinity
    /// @param signature r and s, 64 bytes, both from 1 to the order less 1
    boolean p256(ECPoint key, byte[] message, byte[] signature);
}
