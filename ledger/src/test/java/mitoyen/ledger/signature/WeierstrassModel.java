package mitoyen.ledger.signature;

import java.math.BigInteger;
import java.util.Optional;

/// ECDSA over P-256 as the specification words it, in plain numbers and affine points: slow, and by
/// nobody who wrote the libraries.
final class WeierstrassModel {
    static final BigInteger ORDER =
            hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    private static final BigInteger P =
            hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static final BigInteger B =
            hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");
    private static final BigInteger THREE = BigInteger.valueOf(3);
    private static final Point BASE =
            new Point(
                    hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
                    hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));

    private WeierstrassModel() {}

    /// LE-144 and LE-145 over a digest, word for word.
    static boolean verify(byte[] key, byte[] digest, byte[] signature) {
        if (signature.length != 64) {
            return false;
        }
        BigInteger r = new BigInteger(1, signature, 0, 32);
        BigInteger s = new BigInteger(1, signature, 32, 32);
        Optional<Point> q = decode(key);
        if (q.isEmpty()
                || r.signum() == 0
                || r.compareTo(ORDER) >= 0
                || s.signum() == 0
                || s.compareTo(ORDER.shiftRight(1)) > 0) {
            return false;
        }
        BigInteger inverse = s.modInverse(ORDER);
        BigInteger u = new BigInteger(1, digest).multiply(inverse).mod(ORDER);
        BigInteger v = r.multiply(inverse).mod(ORDER);
        Optional<Point> sum = add(multiply(u, BASE), multiply(v, q.get()));
        return sum.filter(point -> point.x.mod(ORDER).equals(r)).isPresent();
    }

    static Optional<Point> decode(byte[] key) {
        if (key.length != 33 || (key[0] != 2 && key[0] != 3)) {
            return Optional.empty();
        }
        BigInteger x = new BigInteger(1, key, 1, 32);
        if (x.compareTo(P) >= 0) {
            return Optional.empty();
        }
        BigInteger yy = x.pow(3).subtract(x.multiply(THREE)).add(B).mod(P);
        BigInteger y = yy.modPow(P.add(BigInteger.ONE).shiftRight(2), P);
        if (!y.multiply(y).mod(P).equals(yy)) {
            return Optional.empty();
        }
        return Optional.of(new Point(x, y.testBit(0) == (key[0] == 3) ? y : P.subtract(y)));
    }

    private static Optional<Point> multiply(BigInteger n, Point point) {
        Optional<Point> sum = Optional.empty();
        for (int bit = n.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum);
            if (n.testBit(bit)) {
                sum = add(sum, Optional.of(point));
            }
        }
        return sum;
    }

    /// The sum of two points, infinity being none.
    private static Optional<Point> add(Optional<Point> p, Optional<Point> q) {
        if (p.isEmpty() || q.isEmpty()) {
            return p.isEmpty() ? q : p;
        }
        Point a = p.get();
        Point b = q.get();
        BigInteger slope;
        if (!a.x.equals(b.x)) {
            slope = b.y.subtract(a.y).multiply(b.x.subtract(a.x).modInverse(P));
        } else if (a.y.equals(b.y) && a.y.signum() != 0) {
            slope =
                    a.x.multiply(a.x)
                            .multiply(THREE)
                            .subtract(THREE)
                            .multiply(a.y.shiftLeft(1).modInverse(P));
        } else {
            return Optional.empty();
        }
        BigInteger x = slope.multiply(slope).subtract(a.x).subtract(b.x).mod(P);
        BigInteger y = slope.multiply(a.x.subtract(x)).subtract(a.y).mod(P);
        return Optional.of(new Point(x, y));
    }

    private static BigInteger hex(String digits) {
        return new BigInteger(digits, 16);
    }

    /// A point that is not infinity.
    record Point(BigInteger x, BigInteger y) {}
}
