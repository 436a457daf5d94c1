package mitoyen.ledger.quantity;

/// Decimal text and integers, without a float between them.
///
/// A number such as `0.140000` is read as 140000 millionths; nothing is rounded on the way in.
public final class Decimals {
    /// Millionths in one unit: the scale of energy, prices, money and shares.
    public static final long ONE = 1_000_000;

    private Decimals() {}

    /// The millionths that a decimal text stands for.
    ///
    /// @param text digits, optionally a point and one to six digits; no sign, no exponent, no
    ///   spaces
    /// @throws NumberFormatException if the text is anything else or exceeds a `long`; the message
    ///   says what is wrong in words that fit behind "the price is"
    public static long parseMillionths(String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        String fraction = point < 0 ? "" : text.substring(point + 1);
        if (whole.isEmpty() || (point >= 0 && fraction.isEmpty()) || !digits(whole + fraction)) {
            throw new NumberFormatException(
                    "not a decimal number with a point and no sign: " + text);
        }
        if (fraction.length() > 6) {
            throw new NumberFormatException("more precise than 6 decimals: " + text);
        }
        try {
            long millionths = Math.multiplyExact(Long.parseLong(whole), ONE);
            return Math.addExact(millionths, Long.parseLong((fraction + "000000").substring(0, 6)));
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw new NumberFormatException("too large: " + text);
        }
    }

    /// Millionths as text with six decimals, such as `-0.000001`.
    public static String formatMillionths(long millionths) {
        return format(millionths, 6);
    }

    /// Millionths as text with two decimals, such as `12.30`.
    ///
    /// @param millionths a whole number of hundredths
    /// @throws ArithmeticException if there is a remainder: rounding is a rule's business, not a
    ///   printer's
    public static String formatCents(long millionths) {
        if (millionths % 10_000 != 0) {
            throw new ArithmeticException("not whole cents: " + millionths + " millionths");
        }
        return format(millionths / 10_000, 2);
    }

    private static String format(long scaled, int decimals) {
        String digits = Long.toUnsignedString(Math.abs(scaled));
        String padded = "0".repeat(Math.max(0, decimals + 1 - digits.length())) + digits;
        int point = padded.length() - decimals;
        return (scaled < 0 ? "-" : "") + padded.substring(0, point) + "." + padded.substring(point);
    }

    private static boolean digits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
