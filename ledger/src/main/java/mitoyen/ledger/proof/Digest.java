package mitoyen.ledger.proof;

import mitoyen.ledger.cbor.ByteString;

/// A SHA-256 digest: 32 bytes, printed in hexadecimal.
///
/// @param bytes exactly 32
public record Digest(ByteString bytes) implements Comparable<Digest> {
    /// The length of a digest [bytes].
    public static final int LENGTH = 32;

    public Digest {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a digest of " + bytes.length() + " bytes");
        }
    }

    /// The digest with these bytes; they are copied.
    ///
    /// @throws IllegalArgumentException if there are not exactly 32
    public static Digest of(byte[] bytes) {
        return new Digest(ByteString.of(bytes));
    }

    /// The digest written as 64 hexadecimal digits.
    ///
    /// @throws IllegalArgumentException if the text is anything else
    public static Digest parse(String hex) {
        return new Digest(ByteString.parseHex(hex));
    }

    /// A copy of the 32 bytes.
    public byte[] toBytes() {
        return bytes.toBytes();
    }

    @Override
    public int compareTo(Digest other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.toString();
    }
}
