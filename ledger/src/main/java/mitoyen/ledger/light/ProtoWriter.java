package mitoyen.ledger.light;

import java.io.ByteArrayOutputStream;

/// Writes a message of protobuf (version 3) as the engine does before it hashes or signs it: fields
/// by rising number, and none that holds its type's zero unless it is [#message].
final class ProtoWriter {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// A whole number of at least 0.
    ProtoWriter varint(int field, long value) {
        if (value != 0) {
            tag(field, VARINT);
            raw(value);
        }
        return this;
    }

    /// A whole number of at least 0 in eight bytes, the least significant first.
    ProtoWriter fixed64(int field, long value) {
        if (value != 0) {
            tag(field, FIXED_64);
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                out.write((int) (value >>> shift));
            }
        }
        return this;
    }

    /// Bytes, or a text as UTF-8.
    ProtoWriter bytes(int field, byte[] value) {
        return value.length == 0 ? this : message(field, value);
    }

    /// A message in the message, written even where it is empty.
    ProtoWriter message(int field, byte[] value) {
        tag(field, LENGTH_DELIMITED);
        raw(value.length);
        out.writeBytes(value);
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    /// The message behind its length.
    byte[] toDelimitedBytes() {
        ProtoWriter delimited = new ProtoWriter();
        delimited.raw(out.size());
        delimited.out.writeBytes(out.toByteArray());
        return delimited.toBytes();
    }

    private void tag(int field, int type) {
        raw(((long) field << 3) | type);
    }

    private void raw(long value) {
        long left = value;
        while (left >= 0x80) {
            out.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
