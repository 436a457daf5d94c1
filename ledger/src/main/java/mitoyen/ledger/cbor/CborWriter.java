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

    private static final int HEAD = 9;

    private byte[] buffer = new byte[256];
    private int size;
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
        value.copyTo(buffer, size);
        size += value.length();
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
        buffer[size++] = (byte) (value ? TRUE : FALSE);
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
        int start = size;
        utf8(key);
        if (map.keyEnd > 0
                && Arrays.compareUnsigned(buffer, map.keyStart, map.keyEnd, buffer, start, size)
                        >= 0) {
            throw new IllegalStateException("the key " + key + " is out of order");
        }
        map.keyStart = start;
        map.keyEnd = size;
        map.keyed = true;
        return this;
    }

    /// What was written, a copy.
    ///
    /// @throws IllegalStateException if a container still awaits entries
    public byte[] toBytes() {
        if (depth > 0 || size == 0) {
            throw new IllegalStateException("the item is not complete");
        }
        return Arrays.copyOf(buffer, size);
    }

    private void beginItem() {
        if (depth == 0) {
            if (size > 0) {
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
        int length = encoded.remaining();
        head(TEXT, length);
        reserve(length);
        encoded.get(buffer, size, length);
        size += length;
    }

    private void head(int major, long argument) {
        reserve(HEAD);
        int type = major << 5;
        if (argument < 24) {
            buffer[size++] = (byte) (type | (int) argument);
        } else if (argument <= 0xff) {
            head(type | 24, argument, 1);
        } else if (argument <= 0xffff) {
            head(type | 25, argument, 2);
        } else if (argument <= 0xffff_ffffL) {
            head(type | 26, argument, 4);
        } else {
            head(type | 27, argument, 8);
        }
    }

    private void head(int first, long argument, int width) {
        buffer[size++] = (byte) first;
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (argument >>> shift);
        }
    }

    private void reserve(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.addExact(Math.max(size, more), size));
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
