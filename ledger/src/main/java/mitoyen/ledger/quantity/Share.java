package mitoyen.ledger.quantity;

/// A part of a whole or a rate of tax [millionths].
///
/// @param millionths at least 0; a coefficient is at most 1,000,000, a rate of tax may be more
public record Share(long millionths) implements Comparable<Share> {
    /// No part.
    public static final Share ZERO = new Share(0);

    private static final long MICROS_PER_CENT = 10_000;

    public Share {
        if (millionths < 0) {
            throw new IllegalArgumentException("share " + millionths + " is negative");
        }
    }

    /// The ratio of two quantities, rounded HALF_UP to six decimals; 0 where the divisor is 0.
    ///
    /// @param part any sign
    /// @param whole at least 0
    /// @return the ratio [millionths], with the sign of the part
    public static long ratioMillionths(long part, long whole) {
        return whole == 0 ? 0 : Ratio.halfUp(part, Decimals.ONE, whole);
    }

    /// This share of an amount, rounded HALF_UP to the cent (EN-41).
    ///
    /// @throws ArithmeticException if the amount exceeds a `long`
    public Money of(Money amount) {
        long cents =
                Ratio.halfUp(
                        amount.micros(),
                        millionths,
                        Math.multiplyExact(Decimals.ONE, MICROS_PER_CENT));
        return new Money(Math.multiplyExact(cents, MICROS_PER_CENT));
    }

    @Override
    public int compareTo(Share other) {
        return Long.compare(millionths, other.millionths);
    }

    /// The share with six decimals.
    @Override
    public String toString() {
        return Decimals.formatMillionths(millionths);
    }
}
