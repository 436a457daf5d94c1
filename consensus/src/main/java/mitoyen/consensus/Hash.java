package mitoyen.consensus;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A SHA-256 hash: 32 bytes, compared by value, printed in hexadecimal.
public final class Hash {
    /// The length of a hash [bytes].
    public static final int LENGTH = 32;

    /// Never used itself: to look it up among the providers costs more than to hash a header, and a
    /// copy costs next to nothing.
    private static final MessageDigest SHA_256 = lookUp();

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

    /// A SHA-256 of the caller's own, which has seen nothing yet.
    public static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the JDK's SHA-256 copies itself", impossible);
        }
    }

    /// A copy of the 32 bytes.
    public byte[] toBytes() {
        return bytes.clone();
    }

    /// Writes the 32 bytes where the buffer stands.
    public void write(ByteBuffer target) {
        target.put(bytes);
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

    private static MessageDigest lookUp() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
