package mitoyen.node.output;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A short text that is written often, in whole longs: a few writes of eight bytes take less than
/// one copy of so few.
final class CsvWord {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] padded;
    private final int length;

    CsvWord(String ascii) {
        this.length = ascii.length();
        int longs = Math.ceilDiv(length, Long.BYTES);
        this.padded = Arrays.copyOf(CsvText.ascii(ascii), longs * Long.BYTES);
    }

    /// How much room it needs [bytes].
    int room() {
        return padded.length;
    }

    /// Writes it; what lies behind it may be overwritten, up to the room that it needs.
    ///
    /// @return where it ends
    int write(byte[] into, int at) {
        for (int i = 0; i < padded.length; i += Long.BYTES) {
            LONGS.set(into, at + i, (long) LONGS.get(padded, i));
        }
        return at + length;
    }
}
