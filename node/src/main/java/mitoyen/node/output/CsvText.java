package mitoyen.node.output;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import mitoyen.ledger.quantity.Decimals;

/// Text built as bytes: a year of a street is seven million lines, and most of the work on them is
/// printing six decimals.
public final class CsvText {
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int[] THREE_DIGITS = threeDigits();

    /// The longest quantity, with the byte that is written behind it and then overwritten [bytes].
    private static final int LONGEST_QUANTITY = 1 + 19 + 1 + 6 + 1;

    private byte[] bytes;
    private int length;

    /// @param capacity how many bytes are expected; more take a copy
    CsvText(int capacity) {
        this.bytes = new byte[capacity];
    }

    /// Writes what was built.
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    CsvText text(byte[] ascii) {
        ensure(ascii.length);
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
        return this;
    }

    /// A comma and a quantity with six decimals.
    ///
    /// @param millionths at least 0
    CsvText quantity(long millionths) {
        ensure(LONGEST_QUANTITY);
        bytes[length++] = ',';
        long whole = millionths / Decimals.ONE;
        int decimals = (int) (millionths - whole * Decimals.ONE);
        if (whole < 10) {
            bytes[length++] = (byte) ('0' + whole);
        } else {
            text(ascii(Long.toString(whole)));
            ensure(LONGEST_QUANTITY);
        }
        bytes[length] = '.';
        // Four bytes at once, of which the next write overwrites the last.
        int thousandths = decimals / 1000;
        INTS.set(bytes, length + 1, THREE_DIGITS[thousandths]);
        INTS.set(bytes, length + 4, THREE_DIGITS[decimals - thousandths * 1000]);
        length += 7;
        return this;
    }

    CsvText endLine() {
        ensure(1);
        bytes[length++] = '\n';
        return this;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /// Three digits in the upper bytes of each number.
    private static int[] threeDigits() {
        int[] digits = new int[1000];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = ('0' + i / 100) << 24 | ('0' + i / 10 % 10) << 16 | ('0' + i % 10) << 8;
        }
        return digits;
    }
}
