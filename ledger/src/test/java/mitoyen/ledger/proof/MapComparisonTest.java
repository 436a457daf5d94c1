package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.cbor.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The first difference of two maps, against all of their entries laid side by side.
final class MapComparisonTest {
    private static final StoredForm<String> FORM =
            new StoredForm<>(
                    text -> text.getBytes(StandardCharsets.UTF_8),
                    (_, bytes) -> new String(bytes, StandardCharsets.UTF_8));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itIsTheFirstByPlaceInMemoryAndStored(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            SortedMap<Integer, String> ones = values(random, random.nextInt(80));
            SortedMap<Integer, String> others = new TreeMap<>(ones);
            for (int change = random.nextInt(4); change > 0; change--) {
                int key = random.nextInt(100);
                if (random.nextBoolean()) {
                    others.remove(key);
                } else {
                    others.put(key, "other " + random.nextInt(3));
                }
            }
            MerkleMap<String> one = map(ones);
            MerkleMap<String> other = map(others);
            Optional<MapDifference> expected = expected(ones, others);
            assertThat(one.findDifference(other))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(expected);
            assertThat(stored(one).findDifference(other)).isEqualTo(expected);
            assertThat(one.findDifference(stored(other))).isEqualTo(expected);
            assertThat(other.findDifference(one))
                    .isEqualTo(
                            expected.map(each ->
                                    new MapDifference(each.key(), each.second(), each.first())));
        }
    }

    @Test
    void whatBothHaveInCommonIsNotRead() {
        MerkleMap<String> map = map(values(new Random(5), 20_000));
        byte[] bytes = bytes(map);
        StoredInMemory first = new StoredInMemory(bytes);
        byte[] changed = bytes(map.put(key(77), "changed"));
        StoredInMemory second = new StoredInMemory(changed);
        Optional<MapDifference> found =
                stored(map, first, bytes.length)
                        .findDifference(
                                stored(map.put(key(77), "changed"), second, changed.length));
        assertThat(found.map(MapDifference::key)).contains(key(77));
        assertThat(first.readBytes() + second.readBytes()).isBetween(1L, 20_000L);
        assertThat(bytes.length).isGreaterThan(400_000);
    }

    private static Optional<MapDifference> expected(
            SortedMap<Integer, String> ones, SortedMap<Integer, String> others) {
        SortedMap<ByteString, Integer> places = new TreeMap<>();
        SortedSet<Integer> all = new TreeSet<>(ones.keySet());
        all.addAll(others.keySet());
        all.forEach(key -> places.put(ByteString.of(Sha256.of(key(key).toBytes()).toBytes()), key));
        for (int key : places.values()) {
            Optional<String> one = Optional.ofNullable(ones.get(key));
            Optional<String> other = Optional.ofNullable(others.get(key));
            if (!one.equals(other)) {
                return Optional.of(
                        new MapDifference(
                                key(key),
                                one.map(MapComparisonTest::hash),
                                other.map(MapComparisonTest::hash)));
            }
        }
        return Optional.empty();
    }

    private static Digest hash(String value) {
        return Sha256.of(value.getBytes(StandardCharsets.UTF_8));
    }

    private static SortedMap<Integer, String> values(Random random, int size) {
        SortedMap<Integer, String> values = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            values.put(i, "value " + random.nextInt(1_000));
        }
        return values;
    }

    private static MerkleMap<String> map(SortedMap<Integer, String> values) {
        MerkleMap<String> map = MerkleMap.empty(FORM.encoding());
        for (var entry : values.entrySet()) {
            map = map.put(key(entry.getKey()), entry.getValue());
        }
        return map;
    }

    private static ByteString key(int number) {
        return ByteString.of(("key " + number).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(MerkleMap<String> map) {
        StoredInMemory.Sink sink = new StoredInMemory.Sink();
        map.store(sink);
        return sink.toBytes();
    }

    private static MerkleMap<String> stored(MerkleMap<String> map) {
        byte[] bytes = bytes(map);
        return stored(map, new StoredInMemory(bytes), bytes.length);
    }

    private static MerkleMap<String> stored(
            MerkleMap<String> map, StoredInMemory bytes, long length) {
        return MerkleMap.stored(FORM, map.root(), map.size(), bytes, 0, length);
    }
}
