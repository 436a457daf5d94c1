package mitoyen.ledger.quantity;

/// Energy [mWh, that is 1e-6 kWh]: the resolution of a meter's six decimals of a kilowatt-hour.
///
/// @param mWh energy [mWh]; a difference may be negative
public record Energy(long mWh) implements Comparable<Energy> {
    /// Nothing.
    public static final Energy ZERO = new Energy(0);

    /// The sum.
    ///
    /// @throws ArithmeticException if it exceeds a `long`
    public Energy plus(Energy other) {
        return new Energy(Math.addExact(mWh, other.mWh));
    }

    /// The difference.
    ///
    /// @throws ArithmeticException if it exceeds a `long`
    public Energy minus(Energy other) {
        return new Energy(Math.subtractExact(mWh, other.mWh));
    }

    @Override
    public int compareTo(Energy other) {
        return Long.compare(mWh, other.mWh);
    }

    /// Kilowatt-hours with six decimals.
    @Override
    public String toString() {
        return Decimals.formatMillionths(mWh);
    }
}
