package mitoyen.node.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mitoyen.ledger.proof.Hmac;

/// A secret of 32 bytes and what is derived from it. It never prints itself.
public final class Secret {
    /// The length of a secret [bytes].
    public static final int LENGTH = 32;

    private final byte[] bytes;
    private final Hmac keyed;
    private final Map<String, byte[]> derived = new ConcurrentHashMap<>();

    /// The secret of these bytes; they are copied.
    ///
    /// @throws IllegalArgumentException if there are not exactly 32
    public Secret(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a secret of " + bytes.length + " bytes");
        }
        this.bytes = bytes.clone();
        this.keyed = new Hmac(this.bytes);
    }

    /// A copy of the 32 bytes.
    public byte[] toBytes() {
        return bytes.clone();
    }

    /// HMAC-SHA-256 of the purpose and the parts, each behind its length so that no two lists of
    /// parts meet.
    ///
    /// @param purpose what the result serves for: results for different purposes are unrelated
    public byte[] derive(String purpose, byte[]... parts) {
        byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
        byte[][] message = new byte[2 * (1 + parts.length)][];
        message[0] = length(name);
        message[1] = name;
        for (int i = 0; i < parts.length; i++) {
            message[2 * i + 2] = length(parts[i]);
            message[2 * i + 3] = parts[i];
        }
        return keyed.of(message);
    }

    /// What is derived for a purpose without any parts, worked out once. Not a copy.
    public byte[] deriveOnce(String purpose) {
        return derived.computeIfAbsent(purpose, name -> derive(name));
    }

    /// HMAC-SHA-256 under the secret itself, as the ledger's own rules have it.
    public Hmac hmac() {
        return keyed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(derive("mitoyen hash code"));
    }

    String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    /// Nothing of the secret.
    @Override
    public String toString() {
        return "secret";
    }

    private static byte[] length(byte[] part) {
        int length = part.length;
        return new byte[] {
            (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
        };
    }
}
