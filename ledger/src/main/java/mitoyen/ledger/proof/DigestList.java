package mitoyen.ledger.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import mitoyen.ledger.cbor.ByteString;

/// A growing list of digests in few arrays: 32 bytes each, where objects would take 80.
public final class DigestList {
    private static final int CHUNK_BITS = 16;

    /// How many digests an array holds that is full.
    private static final int CHUNK = 1 << CHUNK_BITS;

    /// Arrays of [#CHUNK] digests; the last grows up to that.
    private final List<byte[]> chunks = new ArrayList<>();

    private int size;

    /// How many there are.
    public int size() {
        return size;
    }

    /// The digest at an index, from 0.
    ///
    /// @throws IndexOutOfBoundsException if there are not so many
    public Digest get(int index) {
        byte[] chunk = chunks.get(Objects.checkIndex(index, size) >>> CHUNK_BITS);
        int at = place(index);
        return new Digest(ByteString.of(chunk, at, at + Digest.LENGTH));
    }

    /// Adds a digest at the end.
    public void add(Digest digest) {
        int at = place(size);
        if (at == 0) {
            chunks.add(new byte[Digest.LENGTH]);
        }
        byte[] chunk = chunks.getLast();
        if (at == chunk.length) {
            chunk = Arrays.copyOf(chunk, 2 * at);
            chunks.set(chunks.size() - 1, chunk);
        }
        digest.copyTo(chunk, at);
        size = Math.incrementExact(size);
    }

    private static int place(int index) {
        return (index & CHUNK - 1) * Digest.LENGTH;
    }
}
