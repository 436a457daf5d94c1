package mitoyen.ledger.light;

import java.util.Arrays;

/// Writes a message of protobuf (version 3) as the engine does before it hashes or signs it: fields
/// by rising number, and none that holds its type's zero unless it is [#message].
final class ProtoWriter {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;

    private byte[] bytes = new byte[128];
    private int size;

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
                write((byte) (value >>> shift));
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
        write(value, value.length);
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /// The message behind its length.
    byte[] toDelimitedBytes() {
        ProtoWriter delimited = new ProtoWriter();
        delimited.raw(size);
        delimited.write(bytes, size);
        return delimited.toBytes();
    }

    private void tag(int field, int type) {
        raw(((long) field << 3) | type);
    }

    private void raw(long value) {
        long left = value;
        while (left >= 0x80) {
            write((byte) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        write((byte) left);
    }

    private void write(byte value) {
        reserve(1);
        bytes[size] = value;
        size++;
    }

    private void write(byte[] source, int length) {
        reserve(length);
        System.arraycopy(source, 0, bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
    }
}
