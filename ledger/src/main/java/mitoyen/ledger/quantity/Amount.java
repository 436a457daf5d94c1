package mitoyen.ledger.quantity;

/// An amount of an asset [the asset's smallest unit]: millionths of a currency, mWh of energy, a
/// token's own.
///
/// @param units how many; a balance may be negative
public record Amount(long units) implements Comparable<Amount> {
    /// Nothing.
    public static final Amount ZERO = new Amount(0);

    /// The sum.
    ///
    /// @throws ArithmeticException if it exceeds a `long`
    public Amount plus(Amount other) {
        return new Amount(Math.addExact(units, other.units));
    }

    /// The difference.
    ///
    /// @throws ArithmeticException if it exceeds a `long`
    public Amount minus(Amount other) {
        return new Amount(Math.subtractExact(units, other.units));
    }

    @Override
    public int compareTo(Amount other) {
        return Long.compare(units, other.units);
    }

    /// The number of units.
    @Override
    public String toString() {
        return Long.toString(units);
    }
}
