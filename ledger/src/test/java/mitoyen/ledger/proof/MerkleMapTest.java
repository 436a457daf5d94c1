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

/// LE-15, LE-16 and LE-161: the sparse Merkle map.
final class MerkleMapTest {
    private static final MerkleMap<String> EMPTY =
            MerkleMap.empty(value -> value.getBytes(StandardCharsets.UTF_8));

    @Test
    void theRootOfAnEmptyMapIsZero() {
        assertThat(EMPTY.root()).hasToString("0".repeat(64));
        assertThat(EMPTY.find(key("a"))).isEmpty();
        assertThat(EMPTY.size()).isZero();
        assertThat(EMPTY.stream()).isEmpty();
    }

    @Test
    void theRootOfOneEntryIsItsLeaf() {
        Digest path = NaiveMap.sha256("a");
        Digest value = NaiveMap.sha256("x");
        assertThat(EMPTY.put(key("a"), "x").root())
                .isEqualTo(Sha256.of(new byte[] {2}, path.toBytes(), value.toBytes()));
    }

    @Test
    void theRootOfAHundredEntriesIsTheRecordedOne() {
        MerkleMap<String> map = EMPTY;
        for (int i = 0; i < 100; i++) {
            map = map.put(key("key " + i), "value " + i);
        }
        assertThat(map.root())
                .hasToString("097a8004d7b81b649696a0c1207866548c4a8ea7eaf5e6eb2f3ef2eefde19e6c");
    }

    @Test
    void itIsATreeMapWithTheRootOfItsDefinition() {
        long seed = 42;
        Random random = new Random(seed);
        SortedMap<String, String> model = new TreeMap<>();
        MerkleMap<String> map = EMPTY;
        for (int step = 0; step < 1_200; step++) {
            int range = step < 600 ? 300 : 12;
            String key = "key " + random.nextInt(range);
            String value = "value " + random.nextInt(50);
            MerkleMap<String> before = map;
            Digest rootBefore = step % 7 == 0 ? before.root() : NaiveMap.root(model);
            if (step >= 600 && step < 900) {
                model.keySet().removeIf(each -> model.size() > 12 && random.nextInt(40) == 0);
                map = removeAllBut(map, model);
            }
            if (random.nextInt(3) == 0) {
                map = map.remove(key(key));
                model.remove(key);
            } else {
                map = map.put(key(key), value);
                model.put(key, value);
            }
            assertThat(map.root())
                    .as("seed %d step %d", seed, step)
                    .isEqualTo(NaiveMap.root(model));
            assertThat(map.size()).isEqualTo(model.size());
            assertThat(before.root()).as("the old map").isEqualTo(rootBefore);
            String asked = "key " + random.nextInt(range);
            assertThat(map.find(key(asked)).orElse("none"))
                    .isEqualTo(model.getOrDefault(asked, "none"));
        }
        for (var expected : model.entrySet()) {
            assertThat(map.find(key(expected.getKey()))).contains(expected.getValue());
        }
    }

    @Test
    void theRootDoesNotDependOnTheOrderOfInsertion() {
        List<String> keys = keys(200);
        Digest expected = fill(keys).root();
        for (long seed = 1; seed <= 20; seed++) {
            Collections.shuffle(keys, new Random(seed));
            assertThat(fill(keys).root()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void whatWasRemovedNeverWas() {
        List<String> keys = keys(60);
        for (int size = 0; size <= 60; size++) {
            MerkleMap<String> map = fill(keys.subList(0, size));
            for (String gone : keys.subList(0, size)) {
                List<String> others = new ArrayList<>(keys.subList(0, size));
                others.remove(gone);
                MerkleMap<String> less = map.remove(key(gone));
                assertThat(less.root()).isEqualTo(fill(others).root());
                assertThat(less.size()).isEqualTo(size - 1);
                assertThat(less.find(key(gone))).isEmpty();
                assertThat(less.put(key(gone), "value of " + gone).root()).isEqualTo(map.root());
            }
            assertThat(map.remove(key("never there"))).isSameAs(map);
        }
        MerkleMap<String> map = fill(keys);
        for (String key : keys) {
            map = map.remove(key(key));
        }
        assertThat(map.root()).isEqualTo(MerkleMap.EMPTY_ROOT);
    }

    @Test
    void entriesComeInTheOrderOfTheirPlaces() {
        List<String> keys = keys(300);
        SortedMap<Digest, String> byPlace = new TreeMap<>();
        keys.forEach(key -> byPlace.put(NaiveMap.sha256(key), key));
        Collections.shuffle(keys, new Random(7));
        MerkleMap<String> map = fill(keys);

        List<ByteString> seen = new ArrayList<>();
        map.forEach((key, value) -> {
            assertThat(map.find(key)).contains(value);
            seen.add(key);
        });
        assertThat(seen)
                .containsExactlyElementsOf(
                        byPlace.values().stream().map(MerkleMapTest::key).toList());
        assertThat(map.stream().map(MerkleMap.Entry::key)).containsExactlyElementsOf(seen);
        assertThat(map.stream().limit(3).map(MerkleMap.Entry::value))
                .containsExactlyElementsOf(
                        byPlace.values().stream().limit(3).map(key -> "value of " + key).toList());
    }

    private static MerkleMap<String> removeAllBut(
            MerkleMap<String> map, SortedMap<String, String> model) {
        MerkleMap<String> rest = map;
        for (MerkleMap.Entry<String> entry : map.stream().toList()) {
            String key = new String(entry.key().toBytes(), StandardCharsets.UTF_8);
            rest = model.containsKey(key) ? rest : rest.remove(entry.key());
        }
        return rest;
    }

    private static MerkleMap<String> fill(List<String> keys) {
        MerkleMap<String> map = EMPTY;
        for (String key : keys) {
            map = map.put(key(key), "before").put(key(key), "value of " + key);
        }
        return map;
    }

    private static List<String> keys(int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add("key " + i);
        }
        return keys;
    }

    private static ByteString key(String text) {
        return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
