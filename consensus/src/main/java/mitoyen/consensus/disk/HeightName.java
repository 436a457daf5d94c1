package mitoyen.consensus.disk;

/// The names of files that tell a height.
public final class HeightName {
    private static final int DIGITS = 8;

    private HeightName() {}

    /// A height in eight ASCII digits, or as many as it takes, between two texts.
    ///
    /// @param height 0 or more
    public static String of(String before, long height, String after) {
        String digits = Long.toString(height);
        return before + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits + after;
    }
}
