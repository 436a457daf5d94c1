package mitoyen.ledger.signature;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/// Ed25519 as the specification words it, in plain numbers: slow, and by nobody who wrote the
/// libraries.
final class EdwardsModel {
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    static final Point NEUTRAL = affine(BigInteger.ZERO, BigInteger.ONE);

    private static final BigInteger D =
            BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
    private static final BigInteger ROOT_OF_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
    private static final Point BASE =
            decode(littleEndian(BigInteger.valueOf(4).multiply(inverse(5)).mod(P))).orElseThrow();

    private EdwardsModel() {}

    /// LE-142 and LE-141, word for word.
    static boolean verify(byte[] key, byte[] message, byte[] signature) {
        if (signature.length != 64) {
            return false;
        }
        byte[] encodedR = Arrays.copyOf(signature, 32);
        BigInteger s = number(signature, 32, 64);
        Optional<Point> a = decode(key);
        Optional<Point> r = decode(encodedR);
        if (a.isEmpty() || r.isEmpty() || s.compareTo(ORDER) >= 0) {
            return false;
        }
        BigInteger k = challenge(encodedR, key, message);
        return isOfPrimeOrder(a.get())
                && isOfPrimeOrder(r.get())
                && same(sum(s, BASE, k, negate(a.get())), r.get());
    }

    /// Whether bytes are the canonical encoding of a point of prime order.
    static boolean isKey(byte[] key) {
        return decode(key).filter(EdwardsModel::isOfPrimeOrder).isPresent();
    }

    static BigInteger challenge(byte[] r, byte[] key, byte[] message) {
        return number(sha512(r, key, message), 0, 64).mod(ORDER);
    }

    /// The secret number of a seed.
    static BigInteger secret(byte[] seed) {
        byte[] hash = sha512(seed);
        hash[0] &= (byte) 0xf8;
        hash[31] &= 0x7f;
        hash[31] |= 0x40;
        return number(hash, 0, 32);
    }

    static boolean isOfPrimeOrder(Point point) {
        return !same(point, NEUTRAL) && same(sum(ORDER, point, BigInteger.ZERO, NEUTRAL), NEUTRAL);
    }

    /// The point of a canonical encoding; with a y that is not below the prime, or the sign of an x
    /// that is zero, it is none.
    static Optional<Point> decode(byte[] bytes) {
        if (bytes.length != 32) {
            return Optional.empty();
        }
        byte[] unsigned = bytes.clone();
        unsigned[31] &= 0x7f;
        boolean odd = bytes[31] < 0;
        BigInteger y = number(unsigned, 0, 32);
        if (y.compareTo(P) >= 0) {
            return Optional.empty();
        }
        BigInteger yy = y.multiply(y).mod(P);
        BigInteger xx =
                yy.subtract(BigInteger.ONE)
                        .multiply(D.multiply(yy).add(BigInteger.ONE).modInverse(P))
                        .mod(P);
        BigInteger x = xx.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!x.multiply(x).mod(P).equals(xx)) {
            x = x.multiply(ROOT_OF_MINUS_ONE).mod(P);
        }
        if (!x.multiply(x).mod(P).equals(xx) || (x.signum() == 0 && odd)) {
            return Optional.empty();
        }
        return Optional.of(affine(x.testBit(0) == odd ? x : P.subtract(x), y));
    }

    static byte[] encode(Point point) {
        BigInteger inverse = point.z.modInverse(P);
        byte[] bytes = littleEndian(point.y.multiply(inverse).mod(P));
        if (point.x.multiply(inverse).mod(P).testBit(0)) {
            bytes[31] |= (byte) 0x80;
        }
        return bytes;
    }

    /// n*P + m*Q.
    static Point sum(BigInteger n, Point p, BigInteger m, Point q) {
        Point both = add(p, q);
        Point sum = NEUTRAL;
        for (int bit = Math.max(n.bitLength(), m.bitLength()) - 1; bit >= 0; bit--) {
            sum = add(sum, sum);
            if (n.testBit(bit)) {
                sum = add(sum, m.testBit(bit) ? both : p);
            } else if (m.testBit(bit)) {
                sum = add(sum, q);
            }
        }
        return sum;
    }

    /// RFC 8032, section 5.1.4: the same for a point and itself.
    static Point add(Point p, Point q) {
        BigInteger a = p.y.subtract(p.x).multiply(q.y.subtract(q.x)).mod(P);
        BigInteger b = p.y.add(p.x).multiply(q.y.add(q.x)).mod(P);
        BigInteger c = p.t.multiply(D).mod(P).multiply(q.t).shiftLeft(1).mod(P);
        BigInteger d = p.z.multiply(q.z).shiftLeft(1).mod(P);
        BigInteger e = b.subtract(a);
        BigInteger f = d.subtract(c);
        BigInteger g = d.add(c);
        BigInteger h = b.add(a);
        return new Point(
                e.multiply(f).mod(P),
                g.multiply(h).mod(P),
                f.multiply(g).mod(P),
                e.multiply(h).mod(P));
    }

    static BigInteger number(byte[] littleEndian, int from, int to) {
        byte[] bigEndian = new byte[to - from];
        for (int i = from; i < to; i++) {
            bigEndian[to - 1 - i] = littleEndian[i];
        }
        return new BigInteger(1, bigEndian);
    }

    /// The lowest 32 bytes of a number.
    static byte[] littleEndian(BigInteger number) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    private static Point negate(Point point) {
        return new Point(P.subtract(point.x), point.y, point.z, P.subtract(point.t));
    }

    private static boolean same(Point p, Point q) {
        return p.x.multiply(q.z).subtract(q.x.multiply(p.z)).mod(P).signum() == 0
                && p.y.multiply(q.z).subtract(q.y.multiply(p.z)).mod(P).signum() == 0;
    }

    private static Point affine(BigInteger x, BigInteger y) {
        return new Point(x, y, BigInteger.ONE, x.multiply(y).mod(P));
    }

    private static BigInteger inverse(long number) {
        return BigInteger.valueOf(number).modInverse(P);
    }

    private static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// A point in extended coordinates: x/z, y/z, and t/z their product.
    record Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {}
}
