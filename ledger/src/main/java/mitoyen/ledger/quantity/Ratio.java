package mitoyen.ledger.quantity;

import java.math.BigInteger;

/// `a * b / d` in whole numbers, with the product in 128 bits and the rounding in the name.
public final class Ratio {
    private Ratio() {}

    /// The quotient rounded down.
    ///
    /// @param a at least 0
    /// @param b at least 0
    /// @param d above 0
    /// @throws ArithmeticException if the quotient exceeds a `long`
    public static long floor(long a, long b, long d) {
        requireSigns(a, b, d);
        if (Math.multiplyHigh(a, b) == 0 && a * b >= 0) {
            return a * b / d;
        }
        return product(a, b).divide(BigInteger.valueOf(d)).longValueExact();
    }

    /// The quotient rounded to the nearest, a half away from zero (HALF_UP).
    ///
    /// @param a any sign
    /// @param b any sign
    /// @param d above 0
    /// @throws ArithmeticException if the quotient exceeds a `long`
    public static long halfUp(long a, long b, long d) {
        if (d <= 0) {
            throw new ArithmeticException("divisor " + d + " is not positive");
        }
        if (a >= 0 && b >= 0 && Math.multiplyHigh(a, b) == 0 && a * b >= 0) {
            long quotient = a * b / d;
            long remainder = a * b - quotient * d;
            return remainder >= d - remainder ? quotient + 1 : quotient;
        }
        boolean negative = (a < 0) != (b < 0);
        BigInteger twice = product(a, b).abs().shiftLeft(1).add(BigInteger.valueOf(d));
        BigInteger quotient = twice.divide(BigInteger.valueOf(d).shiftLeft(1));
        return (negative ? quotient.negate() : quotient).longValueExact();
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    private static void requireSigns(long a, long b, long d) {
        if (a < 0 || b < 0 || d <= 0) {
            throw new ArithmeticException("floor of " + a + " * " + b + " / " + d);
        }
    }
}
