package mitoyen.node.books;

import mitoyen.ledger.quantity.Energy;

/// Sums of energy over all meters.
///
/// @param consumption what was consumed, at least 0
/// @param production what was produced, at least 0
/// @param allocated what of the consumption was shared energy
/// @param sold what of the production was shared energy; it differs from what was allocated by the
///   operator's roundings
public record EnergyTotals(Energy consumption, Energy production, Energy allocated, Energy sold) {
    /// No energy.
    public static final EnergyTotals ZERO =
            new EnergyTotals(Energy.ZERO, Energy.ZERO, Energy.ZERO, Energy.ZERO);

    /// The sums of one day.
    public static EnergyTotals of(SettledDay day) {
        return new EnergyTotals(
                sum(day.readings().consumption()),
                sum(day.readings().production()),
                sum(day.allocation().allocated()),
                sum(day.allocation().sold()));
    }

    /// The sums of both.
    ///
    /// @throws ArithmeticException if one exceeds a `long`
    public EnergyTotals plus(EnergyTotals other) {
        return new EnergyTotals(
                consumption.plus(other.consumption),
                production.plus(other.production),
                allocated.plus(other.allocated),
                sold.plus(other.sold));
    }

    /// What members still bought from their suppliers.
    public Energy complement() {
        return consumption.minus(allocated);
    }

    /// What left the community.
    public Energy surplus() {
        return production.minus(sold);
    }

    /// What the operator's roundings leaked: sold less allocated, of either sign.
    public Energy rounding() {
        return sold.minus(allocated);
    }

    private static Energy sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum = Math.addExact(sum, value);
        }
        return new Energy(sum);
    }
}
