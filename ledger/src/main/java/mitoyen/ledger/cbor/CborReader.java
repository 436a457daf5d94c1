package mitoyen.ledger.cbor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads one item of deterministic CBOR and refuses every other encoding of it (LE-1 to LE-9).
///
/// The caller says what it expects, item by item; whatever else stands there is a [CborException].
/// A declared length or count is held against the bytes that are left before anything is made of
/// it, so that memory stays in proportion to the input.
public final class CborReader {
    /// The longest text whose length stands in its head.
    private static final int LONGEST_IN_HEAD = 23;

    private final byte[] input;
    private final Container[] open;
    private int depth;
    private int position;

    /// A reader at the start of the input, which is not copied and not changed.
    ///
    /// @param maxDepth how many containers may be open at once
    public CborReader(byte[] input, int maxDepth) {
        this.input = input;
        this.open = new Container[maxDepth];
    }

    /// The same at the start of a byte string.
    public CborReader(ByteString input, int maxDepth) {
        this(input.uncopied(), maxDepth);
    }

    /// Where the next item begins [bytes from the start].
    public int offset() {
        return position;
    }

    /// A whole number of either sign, within a `long`.
    public long integer() throws CborException {
        beginItem();
        int start = position;
        int major = major();
        if (major != CborWriter.UNSIGNED && major != CborWriter.NEGATIVE) {
            throw unexpected(start, "a whole number");
        }
        long argument = argument();
        return major == CborWriter.UNSIGNED ? argument : ~argument;
    }

    /// A whole number from 0 to a limit, both included.
    public long unsigned(long max) throws CborException {
        int start = position;
        long value = integer();
        if (value < 0 || value > max) {
            throw new CborException(start, value + " is not from 0 to " + max);
        }
        return value;
    }

    /// A byte string of at most so many bytes.
    public ByteString bytes(int maxLength) throws CborException {
        beginItem();
        int length = length(CborWriter.BYTES, "a byte string", maxLength);
        position += length;
        return ByteString.of(input, position - length, position);
    }

    /// A byte string of exactly so many bytes.
    public ByteString fixedBytes(int length) throws CborException {
        int start = position;
        ByteString value = bytes(length);
        if (value.length() != length) {
            throw new CborException(start, value.length() + " bytes, not " + length);
        }
        return value;
    }

    /// A text of at most so many bytes of UTF-8.
    public String text(int maxLength) throws CborException {
        beginItem();
        return utf8(maxLength);
    }

    /// A truth value.
    public boolean bool() throws CborException {
        beginItem();
        int start = position;
        return switch (next()) {
            case CborWriter.FALSE -> false;
            case CborWriter.TRUE -> true;
            default -> throw unexpected(start, "true or false");
        };
    }

    /// The head of an array of at most so many items, which follow; then [#endArray()].
    ///
    /// @return how many items it has, never more than there are bytes left
    public int beginArray(int maxItems) throws CborException {
        beginItem();
        int start = position;
        int items = length(CborWriter.ARRAY, "an array", maxItems);
        push(start, new Container(false, items));
        return items;
    }

    /// The end of the innermost array.
    ///
    /// @throws CborException if it has a further item
    public void endArray() throws CborException {
        pop("a further item in an array");
    }

    /// The head of a map, whose entries follow, each a key and one item; then [#endMap()].
    ///
    /// @return how many entries it has
    public int beginMap() throws CborException {
        beginItem();
        int start = position;
        int entries = length(CborWriter.MAP, "a map", input.length);
        push(start, new Container(true, entries));
        return entries;
    }

    /// The key of the next entry, which must be this one.
    public CborReader key(String expected) throws CborException {
        int start = position;
        if (standsHere(expected)) {
            enterEntry(start, start + 1 + expected.length());
            return this;
        }
        String key = nextKey();
        if (!key.equals(expected)) {
            throw new CborException(start, "the key " + expected + " was expected");
        }
        return this;
    }

    /// Whether the next entry's key is this one; then it is read.
    public boolean optionalKey(String expected) throws CborException {
        Container map = openMap();
        if (map.left == 0) {
            return false;
        }
        int start = position;
        boolean isExpected = standsHere(expected) || utf8(input.length).equals(expected);
        position = start;
        if (isExpected) {
            key(expected);
        }
        return isExpected;
    }

    /// The key of the next entry, whatever it is.
    ///
    /// @throws CborException if the map has no further entry, or if the key does not sort behind
    ///   the one before it, as a duplicate does not
    public String nextKey() throws CborException {
        Container map = openMap();
        int start = position;
        if (map.left == 0) {
            throw new CborException(start, "a field is missing");
        }
        String key = utf8(input.length);
        enterEntry(start, position);
        return key;
    }

    /// The end of the innermost map.
    ///
    /// @throws CborException if it has a further entry
    public void endMap() throws CborException {
        pop("an unknown field");
    }

    /// The end of the input.
    ///
    /// @throws CborException if bytes are left
    public void end() throws CborException {
        if (depth > 0) {
            throw new IllegalStateException("a container is still open");
        }
        if (position < input.length) {
            throw new CborException(position, input.length - position + " bytes too many");
        }
    }

    /// Whether a short text of ASCII stands here, in its one encoding; compared without making one.
    private boolean standsHere(String text) {
        int length = text.length();
        if (length > LONGEST_IN_HEAD
                || length >= input.length - position
                || input[position] != (byte) (CborWriter.TEXT << 5 | length)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (input[position + 1 + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Goes on behind a key of the innermost map.
    private void enterEntry(int keyStart, int keyEnd) throws CborException {
        Container map = openMap();
        if (map.left == 0) {
            throw new CborException(keyStart, "a field is missing");
        }
        if (map.keyEnd > 0
                && !CborWriter.isRising(input, map.keyStart, map.keyEnd, keyStart, keyEnd)) {
            throw new CborException(keyStart, "a key twice or out of order");
        }
        map.keyStart = keyStart;
        map.keyEnd = keyEnd;
        map.keyed = true;
        position = keyEnd;
    }

    private Container openMap() {
        if (depth == 0 || !open[depth - 1].map || open[depth - 1].keyed) {
            throw new IllegalStateException("no map awaits a key");
        }
        return open[depth - 1];
    }

    private void beginItem() throws CborException {
        if (depth == 0) {
            return;
        }
        Container container = open[depth - 1];
        if (container.map && !container.keyed) {
            throw new IllegalStateException("a value without its key");
        }
        if (container.left == 0) {
            throw new CborException(position, "an item is missing");
        }
        container.keyed = false;
        container.left--;
    }

    private void push(int start, Container container) throws CborException {
        if (depth == open.length) {
            throw new CborException(start, "nested deeper than " + open.length);
        }
        open[depth++] = container;
    }

    private void pop(String further) throws CborException {
        if (open[depth - 1].left > 0) {
            throw new CborException(position, further);
        }
        depth--;
    }

    private String utf8(int maxLength) throws CborException {
        int start = position;
        int length = length(CborWriter.TEXT, "a text", maxLength);
        position += length;
        if (isAscii(position - length, position)) {
            return new String(input, position - length, length, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(input, position - length, length))
                    .toString();
        } catch (CharacterCodingException invalid) {
            throw new CborException(start, "a text that is not UTF-8");
        }
    }

    private boolean isAscii(int from, int to) {
        for (int i = from; i < to; i++) {
            if (input[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /// A length or count: every unit of it takes at least one of the bytes that are left.
    private int length(int major, String what, int max) throws CborException {
        int start = position;
        if (major() != major) {
            throw unexpected(start, what);
        }
        long length = argument();
        if (length > max) {
            throw new CborException(start, length + " is more than " + max);
        }
        if (length > input.length - position) {
            throw new CborException(start, "the input ends within " + what);
        }
        return (int) length;
    }

    private int major() throws CborException {
        if (position == input.length) {
            throw new CborException(position, "the input ends");
        }
        return (input[position] & 0xff) >>> 5;
    }

    /// The argument of a head, in its shortest form and within a `long`.
    private long argument() throws CborException {
        int start = position;
        int info = next() & 0x1f;
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw new CborException(start, "an indefinite length or a reserved form");
        }
        int width = 1 << (info - 24);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | next();
        }
        if (width == 8 && value < 0) {
            throw new CborException(start, "a number of more than 63 bits");
        }
        long least = width == 1 ? 24 : 1L << (4 * width);
        if (value < least) {
            throw new CborException(start, "not the shortest form");
        }
        return value;
    }

    private int next() throws CborException {
        if (position == input.length) {
            throw new CborException(position, "the input ends");
        }
        return input[position++] & 0xff;
    }

    private CborException unexpected(int start, String expected) {
        int first = input[start] & 0xff;
        return new CborException(
                start, expected + " was expected, not " + Integer.toHexString(first));
    }

    /// A container whose end was not yet reached.
    private static final class Container {
        private final boolean map;
        private int left;
        private boolean keyed;
        private int keyStart;
        private int keyEnd;

        private Container(boolean map, int entries) {
            this.map = map;
            this.left = entries;
        }
    }
}
