package mitoyen.ledger.proof;

import mitoyen.ledger.cbor.ByteString;

/// A SHA-256 digest: 32 bytes, printed in hexadecimal.
///
/// It is four numbers and not an array, since a ledger holds millions of them.
public final class Digest implements Comparable<Digest> {
    /// The length of a digest [bytes].
    public static final int LENGTH = 32;

    private final long bits0;
    private final long bits1;
    private final long bits2;
    private final long bits3;

    /// @param bytes exactly 32
    public Digest(ByteString bytes) {
        this(bytes.toBytes());
    }

    private Digest(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a digest of " + bytes.length + " bytes");
        }
        this.bits0 = MapPlace.read(bytes, 0);
        this.bits1 = MapPlace.read(bytes, 8);
        this.bits2 = MapPlace.read(bytes, 16);
        this.bits3 = MapPlace.read(bytes, 24);
    }

    /// The digest with these bytes; they are copied.
    ///
    /// @throws IllegalArgumentException if there are not exactly 32
    public static Digest of(byte[] bytes) {
        return new Digest(bytes);
    }

    /// The digest written as 64 hexadecimal digits.
    ///
    /// @throws IllegalArgumentException if the text is anything else
    public static Digest parse(String hex) {
        return new Digest(ByteString.parseHex(hex));
    }

    /// The 32 bytes.
    public ByteString bytes() {
        return ByteString.of(toBytes());
    }

    /// The 32 bytes in an array of the caller's own.
    public byte[] toBytes() {
        byte[] bytes = new byte[LENGTH];
        copyTo(bytes, 0);
        return bytes;
    }

    /// Writes the 32 bytes into an array at an offset.
    public void copyTo(byte[] target, int offset) {
        MapPlace.write(target, offset, bits0, bits1, bits2, bits3);
    }

    /// As the numbers that the bytes are.
    @Override
    public int compareTo(Digest other) {
        return place().compareTo(other.place());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest
                && bits0 == digest.bits0
                && bits1 == digest.bits1
                && bits2 == digest.bits2
                && bits3 == digest.bits3;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bits0);
    }

    @Override
    public String toString() {
        return bytes().toString();
    }

    /// The place that its bits are.
    MapPlace place() {
        return new MapPlace(bits0, bits1, bits2, bits3);
    }
}
