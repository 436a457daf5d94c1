package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;
import org.junit.jupiter.api.Test;

/// LE-15 to LE-17: the sparse Merkle map.
final class MerkleMapTest {
    private static final MerkleMap<String> EMPTY =
            MerkleMap.empty(value -> value.getBytes(StandardCharsets.UTF_8));

    @Test
    void theRootOfAnEmptyMapIsZero() {
        assertThat(EMPTY.root()).hasToString("0".repeat(64));
        assertThat(EMPTY.find(key("a"))).isEmpty();
    }

    @Test
    void theRootOfOneEntryIsItsLeaf() {
        Digest path = Sha256.of("a".getBytes(StandardCharsets.UTF_8));
        Digest value = Sha256.of("x".getBytes(StandardCharsets.UTF_8));
        assertThat(EMPTY.put(key("a"), "x").root())
                .isEqualTo(Sha256.of(new byte[] {2}, path.toBytes(), value.toBytes()));
    }

    @Test
    void itIsATreeMapWithTheRootOfItsDefinition() {
        long seed = 42;
        Random random = new Random(seed);
        SortedMap<String, String> model = new TreeMap<>();
        MerkleMap<String> map = EMPTY;
        for (int step = 0; step < 600; step++) {
            String key = "key " + random.nextInt(300);
            String value = "value " + random.nextInt(50);
            MerkleMap<String> before = map;
            Digest rootBefore = step % 7 == 0 ? before.root() : defined(model);
            map = map.put(key(key), value);
            model.put(key, value);
            assertThat(map.root()).as("seed %d step %d", seed, step).isEqualTo(defined(model));
            assertThat(before.root()).as("the old map").isEqualTo(rootBefore);
            String asked = "key " + random.nextInt(300);
            assertThat(map.find(key(asked)).orElse("none"))
                    .isEqualTo(model.getOrDefault(asked, "none"));
        }
        for (var expected : model.entrySet()) {
            assertThat(map.find(key(expected.getKey()))).contains(expected.getValue());
        }
    }

    @Test
    void theRootDoesNotDependOnTheOrderOfInsertion() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            keys.add("key " + i);
        }
        Digest expected = fill(keys).root();
        for (long seed = 1; seed <= 20; seed++) {
            Collections.shuffle(keys, new Random(seed));
            assertThat(fill(keys).root()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static MerkleMap<String> fill(List<String> keys) {
        MerkleMap<String> map = EMPTY;
        for (String key : keys) {
            map = map.put(key(key), "before").put(key(key), "value of " + key);
        }
        return map;
    }

    /// The definition of LE-16, by sorting entries into halves.
    private static Digest defined(SortedMap<String, String> model) {
        SortedMap<Digest, Digest> values = new TreeMap<>();
        model.forEach((key, value) ->
                values.put(
                        Sha256.of(key.getBytes(StandardCharsets.UTF_8)),
                        Sha256.of(value.getBytes(StandardCharsets.UTF_8))));
        return defined(values, 0);
    }

    private static Digest defined(SortedMap<Digest, Digest> values, int depth) {
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
                new byte[] {3},
                defined(left, depth + 1).toBytes(),
                defined(right, depth + 1).toBytes());
    }

    private static ByteString key(String text) {
        return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
