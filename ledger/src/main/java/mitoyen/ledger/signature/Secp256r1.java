package mitoyen.ledger.signature;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/// The curve P-256, which SEC 2 calls secp256r1, and how its points and numbers are written.
final class Secp256r1 {
    /// The curve and its base point.
    static final ECDomainParameters DOMAIN = domain();

    private static final int NUMBER_LENGTH = 32;
    private static final BigInteger HALF_ORDER = DOMAIN.getN().shiftRight(1);

    private Secp256r1() {}

    /// The point that a compressed encoding stands for (SEC 1, section 2.3.4), or nothing if it
    /// stands for none: a wrong length or first byte, a coordinate that is not below the field's
    /// prime, or no point of the curve. Its cofactor is 1: each point but infinity may be a key.
    static Optional<ECPoint> decode(byte[] compressed) {
        if (compressed.length != P256.KEY_LENGTH || (compressed[0] & 0xfe) != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(DOMAIN.getCurve().decodePoint(compressed));
        } catch (IllegalArgumentException noPoint) {
            return Optional.empty();
        }
    }

    /// One of the two numbers of a signature.
    ///
    /// @param index 0 for r, 1 for s
    static BigInteger number(byte[] signature, int index) {
        return new BigInteger(1, signature, index * NUMBER_LENGTH, NUMBER_LENGTH);
    }

    /// A signature of two numbers.
    static byte[] join(BigInteger r, BigInteger s) {
        byte[] signature = new byte[2 * NUMBER_LENGTH];
        BigIntegers.asUnsignedByteArray(r, signature, 0, NUMBER_LENGTH);
        BigIntegers.asUnsignedByteArray(s, signature, NUMBER_LENGTH, NUMBER_LENGTH);
        return signature;
    }

    /// Whether a number is from 1 to the order less 1.
    static boolean isScalar(BigInteger number) {
        return number.signum() > 0 && number.compareTo(DOMAIN.getN()) < 0;
    }

    /// Whether s is the smaller of the two that fit a signature, s and the order less s.
    static boolean isLow(BigInteger s) {
        return s.compareTo(HALF_ORDER) <= 0;
    }

    private static ECDomainParameters domain() {
        X9ECParameters parameters = CustomNamedCurves.getByName("secp256r1");
        return new ECDomainParameters(parameters);
    }
}
