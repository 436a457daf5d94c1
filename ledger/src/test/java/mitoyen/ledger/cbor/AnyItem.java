package mitoyen.ledger.cbor;

/// Reads whatever item stands in some bytes and writes it again, so that tests can say of any input
/// that it is refused or is its own encoding (LE-1).
final class AnyItem {
    private static final int LONGEST = 1 << 20;

    private final byte[] input;
    private final CborReader reader;
    private final CborWriter writer = new CborWriter();

    private AnyItem(byte[] input, int depth) {
        this.input = input;
        this.reader = new CborReader(input, depth);
    }

    static byte[] copy(byte[] input, int depth) throws CborException {
        AnyItem item = new AnyItem(input, depth);
        item.copy();
        item.reader.end();
        return item.writer.toBytes();
    }

    private void copy() throws CborException {
        int major = reader.offset() < input.length ? (input[reader.offset()] & 0xff) >> 5 : 0;
        switch (major) {
            case CborWriter.BYTES -> writer.bytes(reader.bytes(LONGEST));
            case CborWriter.TEXT -> writer.text(reader.text(LONGEST));
            case CborWriter.ARRAY -> {
                int items = reader.beginArray(LONGEST);
                writer.array(items);
                for (int i = 0; i < items; i++) {
                    copy();
                }
                reader.endArray();
            }
            case CborWriter.MAP -> {
                int entries = reader.beginMap();
                writer.map(entries);
                for (int i = 0; i < entries; i++) {
                    writer.key(reader.nextKey());
                    copy();
                }
                reader.endMap();
            }
            case 7 -> writer.bool(reader.bool());
            default -> writer.integer(reader.integer());
        }
    }
}
