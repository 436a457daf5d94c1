package mitoyen.ledger.light;

/// How far somebody trusts a header he once trusted (`LI-6`).
///
/// @param periodMillis how long [ms], more than 0 and less than the age up to which validators
///   answer for what they signed, 48 hours on a network that this program makes
/// @param driftMillis how far the validators' clocks may be ahead of his [ms], at least 0
public record TrustPolicy(long periodMillis, long driftMillis) {
    /// The longest period [ms]: that age.
    public static final long MAX_PERIOD_MILLIS = 48 * 3_600_000L;

    /// The greatest drift [ms]: a minute.
    public static final long MAX_DRIFT_MILLIS = 60_000;

    /// Two thirds of that age, and ten seconds.
    public static final TrustPolicy STANDARD = new TrustPolicy(32 * 3_600_000L, 10_000);

    /// @throws IllegalArgumentException if either is out of range
    public TrustPolicy {
        if (periodMillis < 1 || periodMillis >= MAX_PERIOD_MILLIS) {
            throw new IllegalArgumentException("a period of trust of " + periodMillis + " ms");
        }
        if (driftMillis < 0 || driftMillis > MAX_DRIFT_MILLIS) {
            throw new IllegalArgumentException("a drift of " + driftMillis + " ms");
        }
    }
}
