package mitoyen.consensus;

import java.util.Arrays;
import java.util.HexFormat;

/// A SHA-256 hash: 32 bytes, compared by value, printed in hexadecimal.
public final class Hash {
    /// The length of a hash [bytes].
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The hash of these bytes' value; they are copied.
    ///
    /// @throws IllegalArgumentException if there are not exactly 32
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a hash of " + bytes.length + " bytes");
        }
        return new Hash(bytes.clone());
    }

    /// A copy of the 32 bytes.
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
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
