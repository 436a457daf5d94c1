package mitoyen.ledger.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mitoyen.ledger.cbor.ByteString;

/// Parts of proofs with something done to them.
final class Altered {
    private Altered() {}

    static byte[] append(byte[] bytes, int more) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = (byte) more;
        return longer;
    }

    static List<Digest> append(List<Digest> digests, Digest more) {
        List<Digest> longer = new ArrayList<>(digests);
        longer.add(more);
        return longer;
    }

    /// The list with another last digest.
    static List<Digest> replaced(List<Digest> digests, Digest other) {
        return append(digests.subList(0, digests.size() - 1), other);
    }

    /// Levels with the same number of bits, the last of them one further down.
    static ByteString moved(ByteString levels) {
        byte[] bytes = append(levels.toBytes(), 0);
        int last = 8 * bytes.length - 1;
        while ((bytes[last / 8] & 0x80 >> last % 8) == 0) {
            last--;
        }
        bytes[last / 8] ^= (byte) (0x80 >> last % 8);
        last++;
        bytes[last / 8] ^= (byte) (0x80 >> last % 8);
        return ByteString.of(bytes, 0, last / 8 + 1);
    }
}
