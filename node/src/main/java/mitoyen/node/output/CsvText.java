package mitoyen.node.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import mitoyen.ledger.quantity.Decimals;

/// Text built as bytes: a year of a street is seven million lines, and half of the work on them is
/// printing six decimals.
final class CsvLine {
    private static final int INITIAL_CAPACITY = 1 << 16;
    private static final byte[] THREE_DIGITS = threeDigits();

    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int length;

    CsvLine text(byte[] ascii) {
        ensure(ascii.length);
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
        return this;
    }

    CsvLine text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    CsvLine character(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /// A comma and a quantity with six decimals.
    ///
    /// @param millionths at least 0
    CsvLine quantity(long millionths) {
        ensure(24);
        bytes[length++] = ',';
        long whole = millionths / Decimals.ONE;
        int fraction = (int) (millionths - whole * Decimals.ONE);
        if (whole < 10) {
            bytes[length++] = (byte) ('0' + whole);
        } else {
            text(Long.toString(whole));
        }
        bytes[length++] = '.';
        int high = fraction / 1000;
        System.arraycopy(THREE_DIGITS, high * 3, bytes, length, 3);
        System.arraycopy(THREE_DIGITS, (fraction - high * 1000) * 3, bytes, length + 3, 3);
        length += 6;
        return this;
    }

    /// Writes what was built, and begins anew.
    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
        length = 0;
    }

    int length() {
        return length;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    private static byte[] threeDigits() {
        byte[] digits = new byte[3000];
        for (int i = 0; i < 1000; i++) {
            digits[i * 3] = (byte) ('0' + i / 100);
            digits[i * 3 + 1] = (byte) ('0' + i / 10 % 10);
            digits[i * 3 + 2] = (byte) ('0' + i % 10);
        }
        return digits;
    }
}
