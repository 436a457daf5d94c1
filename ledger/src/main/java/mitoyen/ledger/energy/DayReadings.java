package mitoyen.ledger.energy;

import java.util.Optional;

/// What the meters of a roster measured on one local day [mWh], and the operator's split where it
/// came with the readings.
///
/// The arrays are dense and interval-major: the value of meter `m` in interval `i` is at `i *
/// meters + m`. They are handed over, not copied: a year of a street has seven million values.
/// Nobody changes them after construction.
public final class DayReadings {
    private final int intervals;
    private final int meters;
    private final long[] consumption;
    private final long[] production;
    private final Optional<DayAllocation> operatorSplit;

    /// Takes over the arrays.
    ///
    /// @param intervals how many intervals the day has: 23, 24 or 25 hours of them
    /// @param meters how many meters the roster has
    /// @param consumption [mWh], each at least 0
    /// @param production [mWh], each at least 0
    /// @param operatorSplit what the grid operator allocated, where the key is its own
    /// @throws IllegalArgumentException if a length is not `intervals * meters`
    public DayReadings(
            int intervals,
            int meters,
            long[] consumption,
            long[] production,
            Optional<DayAllocation> operatorSplit) {
        int size = Math.multiplyExact(intervals, meters);
        if (consumption.length != size || production.length != size) {
            throw new IllegalArgumentException("readings of another size than " + size);
        }
        this.intervals = intervals;
        this.meters = meters;
        this.consumption = consumption;
        this.production = production;
        this.operatorSplit = operatorSplit;
    }

    /// How many intervals the day has.
    public int intervals() {
        return intervals;
    }

    /// How many meters took part.
    public int meters() {
        return meters;
    }

    /// Consumption [mWh], interval-major, not a copy.
    public long[] consumption() {
        return consumption;
    }

    /// Production [mWh], interval-major, not a copy.
    public long[] production() {
        return production;
    }

    /// The grid operator's split, where it came with the readings.
    public Optional<DayAllocation> operatorSplit() {
        return operatorSplit;
    }
}
