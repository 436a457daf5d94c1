package mitoyen.ledger.account;

/// Sums of instants and durations [ms] that stop at the end of time instead of overflowing.
public final class Times {
    private Times() {}

    /// The instant a duration after another.
    ///
    /// @param millis [ms since 1970]
    /// @param duration [ms], at least 0
    public static long after(long millis, long duration) {
        return millis > Long.MAX_VALUE - duration ? Long.MAX_VALUE : millis + duration;
    }
}
