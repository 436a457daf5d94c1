package mitoyen.node.output;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import mitoyen.ledger.quantity.Decimals;

/// A comma and a quantity with six decimals, printed into an array: most of the work on seven
/// million lines.
final class CsvQuantity {
    /// The longest [bytes].
    static final int LONGEST = 1 + 19 + 1 + 6;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int[] THREE_DIGITS = threeDigits();
    private static final int ONE = (int) Decimals.ONE;
    private static final int TEN = 10 * ONE;

    /// A comma, a nought and a point, in the upper bytes of eight.
    private static final long NOUGHT = (long) ((',' << 16) | ('0' << 8) | '.') << 40;

    /// Five noughts, in the lower bytes of eight.
    private static final long ZEROS = 0x30_3030_3030L;

    /// What all of them take that are below 10 [bytes].
    private static final int SHORT = 9;

    private CsvQuantity() {}

    /// Prints, where there is room for the longest.
    ///
    /// @param millionths at least 0
    /// @return where it ends
    static int write(byte[] into, int at, long millionths) {
        if (millionths == 0) {
            // Half of all: at night nothing is shared, and few homes produce.
            LONGS.set(into, at, NOUGHT + ZEROS);
            into[at + Long.BYTES] = '0';
            return at + SHORT;
        }
        if (millionths >= TEN) {
            return writeLong(into, at, millionths);
        }
        int value = (int) millionths;
        int whole = value / ONE;
        int decimals = value - whole * ONE;
        int thousandths = decimals / 1000;
        int last = THREE_DIGITS[decimals - thousandths * 1000];
        long head = ((long) whole << 48) + ((long) THREE_DIGITS[thousandths] << 16) + (last >>> 8);
        LONGS.set(into, at, NOUGHT + head);
        into[at + Long.BYTES] = (byte) last;
        return at + SHORT;
    }

    private static int writeLong(byte[] into, int at, long millionths) {
        into[at] = ',';
        byte[] digits = CsvText.ascii(Decimals.formatMillionths(millionths));
        System.arraycopy(digits, 0, into, at + 1, digits.length);
        return at + 1 + digits.length;
    }

    /// The digits of each number below 1,000, a byte each.
    private static int[] threeDigits() {
        int[] digits = new int[1000];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (('0' + i / 100) << 16) | (('0' + i / 10 % 10) << 8) | ('0' + i % 10);
        }
        return digits;
    }
}
