package mitoyen.ledger.proof;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/// The definition of LE-16 written again, by sorting entries into halves.
final class NaiveMap {
    private NaiveMap() {}

    static Digest root(SortedMap<String, String> entries) {
        SortedMap<Digest, Digest> values = new TreeMap<>();
        entries.forEach((key, value) -> values.put(sha256(key), sha256(value)));
        return root(values, 0);
    }

    static Digest sha256(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Digest root(SortedMap<Digest, Digest> values, int depth) {
        if (values.isEmpty()) {
            return Digest.of(new byte[Digest.LENGTH]);
        }
        if (values.size() == 1) {
            Digest path = values.firstKey();
            return Sha256.of(
                    new byte[] {2}, path.toBytes(), values.lastEntry().getValue().toBytes());
        }
        SortedMap<Digest, Digest> left = new TreeMap<>();
        SortedMap<Digest, Digest> right = new TreeMap<>();
        values.forEach((path, value) -> {
            boolean isRight = (path.toBytes()[depth / 8] & 0x80 >> depth % 8) != 0;
            (isRight ? right : left).put(path, value);
        });
        return Sha256.of(
                new byte[] {3}, root(left, depth + 1).toBytes(), root(right, depth + 1).toBytes());
    }
}
