package mitoyen.node.readings;

/// Energy read straight from a reader's buffer, without a String between.
final class Numbers {
    static final long NOT_A_NUMBER = -2;
    static final long NEGATIVE = -3;
    static final long TOO_PRECISE = -4;
    static final long TOO_LARGE = -5;

    private static final int DECIMALS = 6;
    private static final int WHOLE_DIGITS = 12;

    private Numbers() {}

    /// The energy that a decimal text in kWh stands for.
    ///
    /// @return energy [mWh], at least 0, or one of the negative constants of this class or
    ///   [Row#EMPTY]
    static long mWh(char[] text, int from, int length) {
        if (length == 0) {
            return Row.EMPTY;
        }
        if (text[from] == '-') {
            return mWh(text, from + 1, length - 1) >= 0 ? NEGATIVE : NOT_A_NUMBER;
        }
        int end = from + length;
        int at = from;
        long value = 0;
        while (at < end && isDigit(text[at])) {
            value = value * 10 + (text[at++] - '0');
        }
        int whole = at - from;
        if (at == end) {
            return checked(whole, 0, value * 1_000_000);
        }
        if (text[at++] != '.') {
            return NOT_A_NUMBER;
        }
        int point = at;
        while (at < end && isDigit(text[at])) {
            value = value * 10 + (text[at++] - '0');
        }
        int decimals = at - point;
        if (at < end || decimals == 0 || whole == 0) {
            return NOT_A_NUMBER;
        }
        for (int more = decimals; more < DECIMALS; more++) {
            value *= 10;
        }
        return checked(whole, decimals, value);
    }

    private static long checked(int whole, int decimals, long value) {
        if (whole == 0) {
            return NOT_A_NUMBER;
        }
        if (decimals > DECIMALS) {
            return TOO_PRECISE;
        }
        return whole > WHOLE_DIGITS ? TOO_LARGE : value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
