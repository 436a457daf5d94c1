package mitoyen.ledger.proof;

import java.util.Arrays;
import mitoyen.ledger.cbor.ByteString;

/// A growing list of digests in one array: 32 bytes each, where objects would take 80.
final class DigestList {
    private byte[] bytes = new byte[4 * Digest.LENGTH];
    private int size;

    int size() {
        return size;
    }

    Digest get(int index) {
        int at = index * Digest.LENGTH;
        return new Digest(ByteString.of(bytes, at, at + Digest.LENGTH));
    }

    void add(Digest digest) {
        int at = Math.multiplyExact(size, Digest.LENGTH);
        if (at == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.multiplyExact(at, 2));
        }
        digest.copyTo(bytes, at);
        size++;
    }
}
