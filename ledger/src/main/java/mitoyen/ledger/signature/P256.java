package mitoyen.ledger.signature;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/// Signatures by ECDSA over P-256 with SHA-256 (FIPS 186-5), in one form only (LE-144, LE-145): a
/// compressed key, and r and s side by side, s being the smaller of the two that fit.
///
/// With the larger s the same signature would have two forms, and whoever sees one could make the
/// other without the key. Phones and browsers give either, and DER: the page that asks them turns
/// both into this form.
public final class P256 {
    /// The length of a private key [bytes].
    public static final int SECRET_LENGTH = 32;

    /// The length of a compressed key [bytes].
    public static final int KEY_LENGTH = 33;

    /// The length of a signature [bytes].
    public static final int SIGNATURE_LENGTH = 64;

    private P256() {}

    /// The public key of a private one, compressed.
    ///
    /// @param secret 32 bytes, as a number from 1 to the order less 1
    /// @throws IllegalArgumentException if it is not
    public static byte[] keyOf(byte[] secret) {
        return new FixedPointCombMultiplier()
                .multiply(Secp256r1.DOMAIN.getG(), scalar(secret))
                .normalize()
                .getEncoded(true);
    }

    /// The signature of a message; the same for the same key and message (LE-146).
    ///
    /// @param secret 32 bytes, as a number from 1 to the order less 1
    /// @throws IllegalArgumentException if it is not
    public static byte[] sign(byte[] secret, byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(scalar(secret), Secp256r1.DOMAIN));
        BigInteger[] numbers = signer.generateSignature(Sha256.of(message));
        BigInteger s = numbers[1];
        return Secp256r1.join(
                numbers[0], Secp256r1.isLow(s) ? s : Secp256r1.DOMAIN.getN().subtract(s));
    }

    /// Whether bytes are a private key: 32 bytes, as a number from 1 to the order less 1.
    public static boolean isSecret(byte[] secret) {
        return secret.length == SECRET_LENGTH && Secp256r1.isScalar(new BigInteger(1, secret));
    }

    /// Whether bytes are a key: the compressed encoding of a point of the curve (LE-144).
    public static boolean isKey(byte[] key) {
        return Secp256r1.decode(key).isPresent();
    }

    /// Whether a signature of a message by a key holds (LE-145), the key's own form included.
    static boolean verify(Arithmetic arithmetic, byte[] key, byte[] message, byte[] signature) {
        if (!isWellFormed(signature)) {
            return false;
        }
        Optional<ECPoint> point = Secp256r1.decode(key);
        return point.isPresent() && arithmetic.p256(point.get(), message, signature);
    }

    /// Whether bytes have the form of a signature: r and s in their ranges.
    static boolean isWellFormed(byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            return false;
        }
        BigInteger s = Secp256r1.number(signature, 1);
        return Secp256r1.isScalar(Secp256r1.number(signature, 0))
                && Secp256r1.isScalar(s)
                && Secp256r1.isLow(s);
    }

    private static BigInteger scalar(byte[] secret) {
        if (!isSecret(secret)) {
            throw new IllegalArgumentException("no private key of P-256");
        }
        return new BigInteger(1, secret);
    }
}
