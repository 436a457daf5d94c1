package mitoyen.node.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A secret of 32 bytes and what is derived from it. It never prints itself.
public final class Secret {
    /// The length of a secret [bytes].
    public static final int LENGTH = 32;

    private final byte[] bytes;
    private final Mac keyed;

    /// The secret of these bytes; they are copied.
    ///
    /// @throws IllegalArgumentException if there are not exactly 32
    public Secret(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a secret of " + bytes.length + " bytes");
        }
        this.bytes = bytes.clone();
        this.keyed = keyed(this.bytes);
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
        Mac mac = mac();
        update(mac, purpose.getBytes(StandardCharsets.UTF_8));
        for (byte[] part : parts) {
            update(mac, part);
        }
        return mac.doFinal();
    }

    String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    /// Nothing of the secret.
    @Override
    public String toString() {
        return "secret";
    }

    private static void update(Mac mac, byte[] part) {
        int length = part.length;
        mac.update(
                new byte[] {
                    (byte) (length >>> 24),
                    (byte) (length >>> 16),
                    (byte) (length >>> 8),
                    (byte) length
                });
        mac.update(part);
    }

    private static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", absent);
        }
    }

    /// A copy of the keyed function: to look it up among the providers again costs more than to run
    /// it on a leaf.
    private Mac mac() {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the platform's HMAC copies itself", impossible);
        }
    }
}
