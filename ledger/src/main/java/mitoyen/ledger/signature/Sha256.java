package mitoyen.ledger.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The JDK's SHA-256, which on short messages is faster than a native one.
final class Sha256 {
    /// Never used itself: a copy costs less than to look the algorithm up.
    private static final MessageDigest PRISTINE = lookUp();

    private Sha256() {}

    /// The digest of the parts, one behind the other.
    static byte[] of(byte[]... parts) {
        try {
            MessageDigest sha256 = (MessageDigest) PRISTINE.clone();
            for (byte[] part : parts) {
                sha256.update(part);
            }
            return sha256.digest();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the JDK's SHA-256 copies itself", impossible);
        }
    }

    private static MessageDigest lookUp() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
