package mitoyen.ledger.energy;

/// How one local day's production was shared [mWh]: what each meter was allocated and what each
/// sold.
///
/// Interval-major like [DayReadings], handed over and not copied. The complement of a meter is its
/// consumption less what it was allocated; its surplus is its production less what it sold.
public final class DayAllocation {
    private final long[] allocated;
    private final long[] sold;

    /// Takes over the arrays.
    ///
    /// @param allocated what each meter received of the shared energy [mWh], at most its
    ///   consumption
    /// @param sold what each meter gave to it [mWh], at most its production
    /// @throws IllegalArgumentException if the lengths differ
    public DayAllocation(long[] allocated, long[] sold) {
        if (allocated.length != sold.length) {
            throw new IllegalArgumentException("allocated and sold of different sizes");
        }
        this.allocated = allocated;
        this.sold = sold;
    }

    /// Allocated energy [mWh], interval-major, not a copy.
    public long[] allocated() {
        return allocated;
    }

    /// Energy sold [mWh], interval-major, not a copy.
    public long[] sold() {
        return sold;
    }
}
