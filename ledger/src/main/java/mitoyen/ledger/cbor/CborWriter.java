package mitoyen.ledger.cbor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes one item of deterministic CBOR: shortest forms, definite lengths, map keys in the
/// bytewise order of their encodings (LE-2, LE-3).
///
/// A container closes itself after its last entry. The order of keys and the number of entries are
/// the caller's to keep and are checked here: a mistake is a programmer's and throws
/// [IllegalStateException].
public final class CborWriter {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int FALSE = 0xf4;
    static final int TRUE = 0xf5;

    /// The longest head [bytes].
    private static final int HEAD = 9;

    /// The code of an argument that follows in one byte; each further code doubles their number.
    private static final int ONE_BYTE = 24;

    /// The code of an argument by how many of its 64 bits are zeros in front.
    private static final byte[] CODES = codes();

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] out = new byte[128];
    private int length;
    private Container[] open = new Container[4];
    private int depth;

    /// A whole number, of either sign.
    public CborWriter integer(long value) {
        beginItem();
        if (value >= 0) {
            head(UNSIGNED, value);
        } else {
            head(NEGATIVE, ~value);
        }
        endItem();
        return this;
    }

    /// A byte string.
    public CborWriter bytes(ByteString value) {
        beginItem();
        head(BYTES, value.length());
        reserve(value.length());
        value.copyTo(out, length);
        length += value.length();
        endItem();
        return this;
    }

    /// A text.
    ///
    /// @throws IllegalArgumentException if it holds half of a surrogate pair, which UTF-8 cannot
    ///   say
    public CborWriter text(String value) {
        beginItem();
        utf8(value);
        endItem();
        return this;
    }

    /// A truth value.
    public CborWriter bool(boolean value) {
        beginItem();
        reserve(1);
        out[length++] = (byte) (value ? TRUE : FALSE);
        endItem();
        return this;
    }

    /// The head of an array; its items follow.
    public CborWriter array(int items) {
        beginItem();
        head(ARRAY, items);
        push(new Container(false, items));
        endItem();
        return this;
    }

    /// An array of whole numbers at once: every so-many-th of some values, from an index on. A year
    /// of a street's readings is written like this.
    ///
    /// @param from the index of the first, at most the number of values
    /// @param step how far apart they are, at least 1
    public CborWriter integers(long[] values, int from, int step) {
        int items = Math.ceilDiv(values.length - from, step);
        beginItem();
        head(ARRAY, items);
        reserve(Math.multiplyExact(items, HEAD));
        for (int at = from; at < values.length; at += step) {
            long value = values[at];
            long sign = value >> 63;
            length = writeHead(out, length, (int) (sign & NEGATIVE << 5), value ^ sign);
        }
        endItem();
        return this;
    }

    /// The head of a map; its entries follow, each a [#key] and one item.
    public CborWriter map(int entries) {
        beginItem();
        head(MAP, entries);
        push(new Container(true, entries));
        endItem();
        return this;
    }

    /// The key of the next entry of the map that is open.
    public CborWriter key(String key) {
        if (depth == 0 || !open[depth - 1].map || open[depth - 1].keyed) {
            throw new IllegalStateException("no map awaits the key " + key);
        }
        Container map = open[depth - 1];
        int start = length;
        utf8(key);
        int end = length;
        if (map.keyEnd > 0 && !isRising(out, map.keyStart, map.keyEnd, start, end)) {
            throw new IllegalStateException("the key " + key + " is out of order");
        }
        map.keyStart = start;
        map.keyEnd = end;
        map.keyed = true;
        return this;
    }

    /// What was written, a copy.
    ///
    /// @throws IllegalStateException if a container still awaits entries
    public byte[] toBytes() {
        requireComplete();
        return Arrays.copyOf(out, length);
    }

    /// What was written, and the writer made ready for another item; its memory is used again.
    ///
    /// @throws IllegalStateException if a container still awaits entries
    public ByteString take() {
        requireComplete();
        ByteString item = ByteString.of(out, 0, length);
        length = 0;
        return item;
    }

    private void requireComplete() {
        if (depth > 0 || length == 0) {
            throw new IllegalStateException("the item is not complete");
        }
    }

    private void beginItem() {
        if (depth == 0) {
            if (length > 0) {
                throw new IllegalStateException("a second item");
            }
            return;
        }
        Container container = open[depth - 1];
        if (container.map && !container.keyed) {
            throw new IllegalStateException("a value without its key");
        }
        container.keyed = false;
        container.left--;
    }

    private void endItem() {
        while (depth > 0 && open[depth - 1].left == 0) {
            depth--;
        }
    }

    private void push(Container container) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
        }
        open[depth++] = container;
    }

    private void utf8(String value) {
        int characters = value.length();
        for (int i = 0; i < characters; i++) {
            if (value.charAt(i) >= 0x80) {
                utf8Beyond(value);
                return;
            }
        }
        head(TEXT, characters);
        reserve(characters);
        for (int i = 0; i < characters; i++) {
            out[length++] = (byte) value.charAt(i);
        }
    }

    /// A text that is not all ASCII.
    private void utf8Beyond(String value) {
        byte[] encoded = encode(value);
        head(TEXT, encoded.length);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, out, length, encoded.length);
        length += encoded.length;
    }

    private static byte[] encode(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        // Half of a pair became a question mark: another text is read back.
        if (!new String(encoded, StandardCharsets.UTF_8).equals(value)) {
            throw new IllegalArgumentException("not a Unicode text");
        }
        return encoded;
    }

    private void head(int major, long argument) {
        reserve(HEAD);
        length = writeHead(out, length, major << 5, argument);
    }

    /// Writes a head where there is room for the longest.
    ///
    /// @return where it ends
    private static int writeHead(byte[] out, int at, int type, long argument) {
        if (argument < 24) {
            out[at] = (byte) (type | (int) argument);
            return at + 1;
        }
        // Without a branch on the length, which from reading to reading nobody can foretell.
        int code = CODES[Long.numberOfLeadingZeros(argument)];
        int size = 1 << (code - ONE_BYTE);
        out[at] = (byte) (type | code);
        LONG.set(out, at + 1, argument << (Long.SIZE - size * Byte.SIZE));
        return at + 1 + size;
    }

    private void reserve(int more) {
        if (out.length - length < more) {
            out = Arrays.copyOf(out, Math.addExact(length, Math.max(length, more)));
        }
    }

    /// Whether one encoded key sorts before another (LE-3). Their heads, which hold their lengths,
    /// differ as often as not, and then nothing else is looked at.
    static boolean isRising(byte[] bytes, int from, int to, int nextFrom, int nextTo) {
        int head = bytes[from] & 0xff;
        int nextHead = bytes[nextFrom] & 0xff;
        return head == nextHead
                ? Arrays.compareUnsigned(bytes, from, to, bytes, nextFrom, nextTo) < 0
                : head < nextHead;
    }

    private static byte[] codes() {
        byte[] codes = new byte[Long.SIZE + 1];
        for (int zeros = 0; zeros <= Long.SIZE; zeros++) {
            int bits = Long.SIZE - zeros;
            int code = ONE_BYTE;
            while (Byte.SIZE << (code - ONE_BYTE) < bits) {
                code++;
            }
            codes[zeros] = (byte) code;
        }
        return codes;
    }

    /// A container that awaits entries.
    private static final class Container {
        private final boolean map;
        private int left;
        private boolean keyed;
        private int keyStart;
        private int keyEnd;

        private Container(boolean map, int entries) {
            if (entries < 0) {
                throw new IllegalStateException(entries + " entries");
            }
            this.map = map;
            this.left = entries;
        }
    }
}
