package mitoyen.ledger.cbor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable string of bytes, compared by value and ordered as unsigned numbers are.
public final class ByteString implements Comparable<ByteString> {
    private final byte[] bytes;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A copy of these bytes.
    public static ByteString of(byte[] bytes) {
        return new ByteString(bytes.clone());
    }

    /// A copy of a part of these bytes.
    ///
    /// @param from the first, included
    /// @param to the last, excluded
    public static ByteString of(byte[] bytes, int from, int to) {
        return new ByteString(Arrays.copyOfRange(bytes, from, to));
    }

    /// The bytes of two strings, one behind the other.
    public static ByteString concat(ByteString first, ByteString second) {
        byte[] bytes = Arrays.copyOf(first.bytes, first.length() + second.length());
        second.copyTo(bytes, first.length());
        return new ByteString(bytes);
    }

    /// The UTF-8 of a text.
    public static ByteString utf8(String text) {
        return new ByteString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The bytes that a text of hexadecimal digits stands for.
    ///
    /// @throws IllegalArgumentException if it is anything else
    public static ByteString parseHex(String hex) {
        return new ByteString(HexFormat.of().parseHex(hex));
    }

    /// How many bytes there are.
    public int length() {
        return bytes.length;
    }

    /// One of the bytes, as an unsigned number below 256.
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /// A copy of the bytes.
    public byte[] toBytes() {
        return bytes.clone();
    }

    /// The bytes themselves, for whoever changes none of them.
    byte[] uncopied() {
        return bytes;
    }

    /// Writes the bytes into an array at an offset.
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    /// Has a hash function see the bytes.
    public void update(MessageDigest digest) {
        digest.update(bytes);
    }

    @Override
    public int compareTo(ByteString other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString string && Arrays.equals(bytes, string.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// Lower-case hexadecimal.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
