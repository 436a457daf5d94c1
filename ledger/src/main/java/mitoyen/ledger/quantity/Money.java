package mitoyen.ledger.quantity;

/// An amount of money [millionths of the currency].
///
/// What is owed is whole cents, a multiple of 10,000; intermediate values may be finer.
///
/// @param micros amount [millionths]; the sign is the holder's: what is owed to him is positive
public record Money(long micros) implements Comparable<Money> {
    /// Nothing.
    public static final Money ZERO = new Money(0);

    /// The sum.
    ///
    /// @throws ArithmeticException if it exceeds a `long`
    public Money plus(Money other) {
        return new Money(Math.addExact(micros, other.micros));
    }

    /// The difference.
    ///
    /// @throws ArithmeticException if it exceeds a `long`
    public Money minus(Money other) {
        return new Money(Math.subtractExact(micros, other.micros));
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(micros, other.micros);
    }

    /// The amount with six decimals.
    @Override
    public String toString() {
        return Decimals.formatMillionths(micros);
    }
}
