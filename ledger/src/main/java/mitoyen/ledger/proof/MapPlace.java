package mitoyen.ledger.proof;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import mitoyen.ledger.cbor.ByteString;

/// Where a key stands in a [MerkleMap]: the 256 bits of its SHA-256, read from the most significant
/// of the first byte (LE-15). Numbers instead of bytes, since a map of a million entries holds a
/// million of them.
///
/// @param bits0 the first 64 bits; the others follow
record MapPlace(long bits0, long bits1, long bits2, long bits3) implements Comparable<MapPlace> {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /// The place of a key.
    static MapPlace of(ByteString key) {
        return of(key, Sha256.algorithm());
    }

    /// The same, worked out with a SHA-256 that has seen nothing yet, as it then has again.
    static MapPlace of(ByteString key, MessageDigest sha256) {
        key.update(sha256);
        return at(sha256.digest(), 0);
    }

    static MapPlace of(Digest digest) {
        return digest.place();
    }

    /// The place that 32 bytes from an index on are.
    static MapPlace at(byte[] bytes, int at) {
        return new MapPlace(
                read(bytes, at), read(bytes, at + 8), read(bytes, at + 16), read(bytes, at + 24));
    }

    static long read(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void write(byte[] bytes, int at, long bits0, long bits1, long bits2, long bits3) {
        LONG.set(bytes, at, bits0);
        LONG.set(bytes, at + 8, bits1);
        LONG.set(bytes, at + 16, bits2);
        LONG.set(bytes, at + 24, bits3);
    }

    /// The hash of the same bits.
    Digest toDigest() {
        byte[] bytes = new byte[Digest.LENGTH];
        write(bytes, 0);
        return Digest.of(bytes);
    }

    /// Writes the 32 bytes that this is.
    void write(byte[] bytes, int at) {
        write(bytes, at, bits0, bits1, bits2, bits3);
    }

    /// Whether the way to this place goes to the right at a depth from 0 to 255.
    boolean isRight(int depth) {
        long word =
                switch (depth >>> 6) {
                    case 0 -> bits0;
                    case 1 -> bits1;
                    case 2 -> bits2;
                    default -> bits3;
                };
        return word << depth < 0;
    }

    /// The depth from which on the ways to two places part; 256 for the same place.
    int findParting(MapPlace other) {
        if (bits0 != other.bits0) {
            return Long.numberOfLeadingZeros(bits0 ^ other.bits0);
        }
        if (bits1 != other.bits1) {
            return 64 + Long.numberOfLeadingZeros(bits1 ^ other.bits1);
        }
        return bits2 != other.bits2
                ? 128 + Long.numberOfLeadingZeros(bits2 ^ other.bits2)
                : 192 + Long.numberOfLeadingZeros(bits3 ^ other.bits3);
    }

    /// From left to right.
    @Override
    public int compareTo(MapPlace other) {
        if (bits0 != other.bits0) {
            return Long.compareUnsigned(bits0, other.bits0);
        }
        if (bits1 != other.bits1) {
            return Long.compareUnsigned(bits1, other.bits1);
        }
        return bits2 != other.bits2
                ? Long.compareUnsigned(bits2, other.bits2)
                : Long.compareUnsigned(bits3, other.bits3);
    }

    /// Whether the ways to two places are one way down to a depth.
    boolean sharesWayWith(MapPlace other, int depth) {
        for (int above = 0; above < depth; above++) {
            if (isRight(above) != other.isRight(above)) {
                return false;
            }
        }
        return true;
    }
}
