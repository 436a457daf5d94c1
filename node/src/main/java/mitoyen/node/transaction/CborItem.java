package mitoyen.node.transaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborWriter;

/// Anything that the ledger's CBOR can hold, whatever it means (LE-5), with the line of the file
/// that it comes from. Its text is CBOR's diagnostic notation (RFC 8949, section 8).
sealed interface CborItem {
    /// The line in the file, from 1; 0 where there is no file.
    int line();

    /// How long its encoding is [bytes].
    int size();

    /// Writes it.
    void write(CborWriter writer);

    /// The line of the innermost item that lies at an offset of its encoding.
    default int lineAt(int offset) {
        return line();
    }

    /// A whole number.
    record Whole(int line, long value) implements CborItem {
        @Override
        public int size() {
            return headSize(value < 0 ? ~value : value);
        }

        @Override
        public void write(CborWriter writer) {
            writer.integer(value);
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /// A byte string.
    record Bytes(int line, ByteString value) implements CborItem {
        @Override
        public int size() {
            return headSize(value.length()) + value.length();
        }

        @Override
        public void write(CborWriter writer) {
            writer.bytes(value);
        }

        @Override
        public String toString() {
            return "h'" + value + "'";
        }
    }

    /// A text.
    record Text(int line, String value) implements CborItem {
        @Override
        public int size() {
            int length = value.getBytes(StandardCharsets.UTF_8).length;
            return headSize(length) + length;
        }

        @Override
        public void write(CborWriter writer) {
            writer.text(value);
        }

        @Override
        public String toString() {
            return quoted(value);
        }
    }

    /// A truth value.
    record Truth(int line, boolean value) implements CborItem {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public void write(CborWriter writer) {
            writer.bool(value);
        }

        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /// An array.
    record Items(int line, List<CborItem> items) implements CborItem {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public int size() {
            return headSize(items.size()) + items.stream().mapToInt(CborItem::size).sum();
        }

        @Override
        public void write(CborWriter writer) {
            writer.array(items.size());
            items.forEach(item -> item.write(writer));
        }

        @Override
        public int lineAt(int offset) {
            int start = headSize(items.size());
            for (CborItem item : items) {
                if (offset >= start && offset < start + item.size()) {
                    return item.lineAt(offset - start);
                }
                start += item.size();
            }
            return line;
        }

        @Override
        public String toString() {
            return items.stream()
                    .map(CborItem::toString)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /// A map.
    record Fields(int line, List<Field> fields) implements CborItem {
        private static final Comparator<Field> ORDER =
                Comparator.comparingInt((Field field) -> field.key().length())
                        .thenComparing(Field::key);

        /// Sorts the fields as the ledger wants them (LE-3); their keys are of ASCII.
        public Fields {
            fields = fields.stream().sorted(ORDER).toList();
        }

        @Override
        public int size() {
            int sum = headSize(fields.size());
            for (Field field : fields) {
                sum += field.keySize() + field.value().size();
            }
            return sum;
        }

        @Override
        public void write(CborWriter writer) {
            writer.map(fields.size());
            fields.forEach(field -> field.value().write(writer.key(field.key())));
        }

        @Override
        public int lineAt(int offset) {
            int start = headSize(fields.size());
            for (Field field : fields) {
                if (offset >= start && offset < start + field.keySize()) {
                    return field.value().line();
                }
                start += field.keySize();
                if (offset >= start && offset < start + field.value().size()) {
                    return field.value().lineAt(offset - start);
                }
                start += field.value().size();
            }
            return line;
        }

        @Override
        public String toString() {
            return fields.stream()
                    .map(field -> quoted(field.key()) + ": " + field.value())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /// An entry of a map.
    record Field(String key, CborItem value) {
        int keySize() {
            return headSize(key.length()) + key.length();
        }
    }

    /// The item that these bytes are, which were decoded and found valid before.
    static CborItem parse(byte[] valid) {
        return new Parser(valid).item();
    }

    private static int headSize(long argument) {
        if (argument < 24) {
            return 1;
        }
        if (argument <= 0xff) {
            return 2;
        }
        if (argument <= 0xffff) {
            return 3;
        }
        return argument <= 0xffff_ffffL ? 5 : 9;
    }

    /// A text as diagnostic notation and JSON quote it: on one line, and nothing in it that a
    /// terminal would obey.
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        quoted.append('\\').appendCodePoint(c);
                    } else if (c < ' '
                            || Character.getType(c) == Character.FORMAT
                            || (c > 0x7e && c < 0xa0)) {
                        for (char unit : Character.toChars(c)) {
                            quoted.append(String.format("\\u%04x", (int) unit));
                        }
                    } else {
                        quoted.appendCodePoint(c);
                    }
                });
        return quoted.append('"').toString();
    }

    /// Reads what is known to be valid.
    final class Parser {
        private static final int TRUE = 0xf5;
        private final byte[] input;
        private int position;

        private Parser(byte[] input) {
            this.input = input;
        }

        private CborItem item() {
            int first = input[position++] & 0xff;
            int major = first >>> 5;
            if (major == 7) {
                return new Truth(0, first == TRUE);
            }
            long argument = argument(first & 0x1f);
            return switch (major) {
                case 0 -> new Whole(0, argument);
                case 1 -> new Whole(0, ~argument);
                case 2 -> new Bytes(0, bytes((int) argument));
                case 3 -> new Text(0, text((int) argument));
                case 4 -> {
                    List<CborItem> items = new ArrayList<>();
                    for (long i = 0; i < argument; i++) {
                        items.add(item());
                    }
                    yield new Items(0, items);
                }
                case 5 -> {
                    List<Field> fields = new ArrayList<>();
                    for (long i = 0; i < argument; i++) {
                        String key = ((Text) item()).value();
                        fields.add(new Field(key, item()));
                    }
                    yield new Fields(0, fields);
                }
                default -> throw new IllegalStateException("not decoded before");
            };
        }

        private long argument(int info) {
            if (info < 24) {
                return info;
            }
            long value = 0;
            for (int i = 0; i < 1 << (info - 24); i++) {
                value = value << 8 | (input[position++] & 0xff);
            }
            return value;
        }

        private ByteString bytes(int length) {
            position += length;
            return ByteString.of(input, position - length, position);
        }

        private String text(int length) {
            return new String(bytes(length).toBytes(), StandardCharsets.UTF_8);
        }
    }
}
