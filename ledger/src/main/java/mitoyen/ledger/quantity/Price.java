package mitoyen.ledger.quantity;

/// A price of energy, tax excluded [millionths of the currency per kWh].
///
/// @param microsPerKwh price [millionths/kWh], at least 0: a gift costs 0
public record Price(long microsPerKwh) implements Comparable<Price> {
    /// The price of a gift.
    public static final Price ZERO = new Price(0);

    private static final long MICROS_PER_CENT = 10_000;

    public Price {
        if (microsPerKwh < 0) {
            throw new IllegalArgumentException("price " + microsPerKwh + " is negative");
        }
    }

    /// What the energy costs, rounded HALF_UP to the cent (EN-40).
    ///
    /// @throws ArithmeticException if the amount exceeds a `long`
    public Money costOf(Energy energy) {
        long cents =
                Ratio.halfUp(
                        energy.mWh(),
                        microsPerKwh,
                        Math.multiplyExact(Decimals.ONE, MICROS_PER_CENT));
        return new Money(Math.multiplyExact(cents, MICROS_PER_CENT));
    }

    @Override
    public int compareTo(Price other) {
        return Long.compare(microsPerKwh, other.microsPerKwh);
    }

    /// The price with six decimals.
    @Override
    public String toString() {
        return Decimals.formatMillionths(microsPerKwh);
    }
}
