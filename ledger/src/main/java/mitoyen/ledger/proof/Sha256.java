package mitoyen.ledger.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import mitoyen.ledger.cbor.ByteString;

/// SHA-256, plain and keyed.
public final class Sha256 {
    /// Never used themselves: to look an algorithm up among the providers costs more than to run it
    /// on a short text, and a copy costs next to nothing.
    private static final MessageDigest PLAIN = lookUp();

    private Sha256() {}

    /// The digest of the parts, one behind the other.
    public static Digest of(byte[]... parts) {
        return Digest.of(hash(parts));
    }

    /// The 32 bytes of that digest, the caller's own.
    static byte[] hash(byte[]... parts) {
        MessageDigest sha256 = algorithm();
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return sha256.digest();
    }

    /// HMAC-SHA-256 (RFC 2104) of the UTF-8 of a label and of the content behind it.
    ///
    /// @param key secret, of any length above 0
    public static Digest hmac(byte[] key, String label, byte[] content) {
        return Digest.of(new Hmac(key).of(label.getBytes(StandardCharsets.UTF_8), content));
    }

    /// The digest of the byte that names the domain, and of the parts behind it (LE-10).
    static Digest of(Domain domain, byte[]... parts) {
        MessageDigest sha256 = algorithm();
        sha256.update(domain.tag);
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return Digest.of(sha256.digest());
    }

    /// The digest of the byte that names the domain, and of two strings behind it (LE-10).
    static Digest of(Domain domain, ByteString first, ByteString second) {
        MessageDigest sha256 = algorithm();
        sha256.update(domain.tag);
        first.update(sha256);
        second.update(sha256);
        return Digest.of(sha256.digest());
    }

    /// The digest of the byte that names the domain, and of two digests behind it (LE-10).
    static Digest of(Domain domain, Digest left, Digest right) {
        return of(domain, left, right, algorithm());
    }

    /// The same, worked out with a SHA-256 that has seen nothing yet, as it then has again.
    static Digest of(Domain domain, Digest left, Digest right, MessageDigest sha256) {
        byte[] input = new byte[1 + 2 * Digest.LENGTH];
        input[0] = domain.tag;
        left.copyTo(input, 1);
        right.copyTo(input, 1 + Digest.LENGTH);
        return Digest.of(sha256.digest(input));
    }

    /// A SHA-256 of the caller's own, which has seen nothing yet.
    static MessageDigest algorithm() {
        return copy(PLAIN);
    }

    /// A copy of a SHA-256 with what it has seen.
    static MessageDigest copy(MessageDigest sha256) {
        try {
            return (MessageDigest) sha256.clone();
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

    /// What is hashed, told by its first byte, so that no digest of one domain is one of another.
    enum Domain {
        /// A leaf of an RFC 9162 tree.
        LOG_LEAF(0x00),
        /// A node of an RFC 9162 tree.
        LOG_NODE(0x01),
        /// A leaf of a sparse Merkle map.
        MAP_LEAF(0x02),
        /// A node of a sparse Merkle map.
        MAP_NODE(0x03),
        /// A salted commitment.
        COMMITMENT(0x04);

        private final byte tag;

        Domain(int tag) {
            this.tag = (byte) tag;
        }

        /// The first byte of what is hashed.
        byte tag() {
            return tag;
        }
    }
}
