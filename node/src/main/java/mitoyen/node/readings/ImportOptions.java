package mitoyen.node.readings;

/// What the user allows of readings.
///
/// @param maxKw the mean power above which a reading is taken for a mistake [kW], above 0
/// @param gapsZero whether a missing reading counts as 0 instead of being refused
/// @param partial whether the first and the last local day may be cut
public record ImportOptions(int maxKw, boolean gapsZero, boolean partial) {
    /// Strict: 250 kW, no gaps, whole days.
    public static final ImportOptions STRICT = new ImportOptions(250, false, false);

    public ImportOptions {
        if (maxKw <= 0) {
            throw new IllegalArgumentException("a limit of " + maxKw + " kW");
        }
    }
}
