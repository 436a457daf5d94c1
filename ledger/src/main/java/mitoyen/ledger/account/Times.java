package mitoyen.ledger.account;

/// Sums of instants and durations [ms] that stop at the end of time instead of overflowing.
public final class Times {
    private Times() {}

    /// How long it is from an instant to another [ms]: 0 where that is not later, and no more than
    /// a `long` holds.
    ///
    /// @param fromMillis [ms since 1970]
    /// @param toMillis [ms since 1970]
    public static long elapsed(long fromMillis, long toMillis) {
        if (toMillis <= fromMillis) {
            return 0;
        }
        long elapsed = toMillis - fromMillis;
        return elapsed < 0 ? Long.MAX_VALUE : elapsed;
    }

    /// The instant a duration after another.
    ///
    /// @param millis [ms since 1970]
    /// @param duration [ms], at least 0
    public static long after(long millis, long duration) {
        return millis > Long.MAX_VALUE - duration ? Long.MAX_VALUE : millis + duration;
    }

    /// So many durations, one after the other [ms].
    ///
    /// @param count at least 0
    /// @param duration [ms], at least 1
    public static long repeated(long count, long duration) {
        return count > Long.MAX_VALUE / duration ? Long.MAX_VALUE : count * duration;
    }
}
