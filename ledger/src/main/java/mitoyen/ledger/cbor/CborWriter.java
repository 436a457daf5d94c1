package mitoyen.ledger.cbor;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
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

    private ByteBuffer out = ByteBuffer.allocate(256);
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
        value.copyTo(out.array(), out.position());
        out.position(out.position() + value.length());
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
        out.put((byte) (value ? TRUE : FALSE));
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
            writeHead((int) (sign & NEGATIVE << 5), value ^ sign);
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
        int start = out.position();
        utf8(key);
        int end = out.position();
        if (map.keyEnd > 0
                && Arrays.compareUnsigned(
                                out.array(), map.keyStart, map.keyEnd, out.array(), start, end)
                        >= 0) {
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
        if (depth > 0 || out.position() == 0) {
            throw new IllegalStateException("the item is not complete");
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private void beginItem() {
        if (depth == 0) {
            if (out.position() > 0) {
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
        ByteBuffer encoded;
        try {
            encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
        } catch (CharacterCodingException halfAPair) {
            throw new IllegalArgumentException("not a Unicode text", halfAPair);
        }
        head(TEXT, encoded.remaining());
        reserve(encoded.remaining());
        out.put(encoded);
    }

    private void head(int major, long argument) {
        reserve(HEAD);
        writeHead(major << 5, argument);
    }

    /// Writes a head for which there is room.
    private void writeHead(int type, long argument) {
        if (argument < 24) {
            out.put((byte) (type | (int) argument));
        } else if (argument <= 0xff) {
            out.put((byte) (type | 24)).put((byte) argument);
        } else if (argument <= 0xffff) {
            out.put((byte) (type | 25)).putShort((short) argument);
        } else if (argument <= 0xffff_ffffL) {
            out.put((byte) (type | 26)).putInt((int) argument);
        } else {
            out.put((byte) (type | 27)).putLong(argument);
        }
    }

    private void reserve(int more) {
        if (out.remaining() < more) {
            int size = Math.addExact(out.position(), Math.max(out.position(), more));
            out = ByteBuffer.allocate(size).put(out.flip());
        }
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
