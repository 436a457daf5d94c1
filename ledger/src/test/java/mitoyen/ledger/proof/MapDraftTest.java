package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-16 and LE-161: a map that changes in place is the map of the same entries.
final class MapDraftTest {
    private static final MerkleMap<String> EMPTY = MerkleMap.empty(MapDraftTest::encode);
    private static final StoredForm<String> FORM =
            new StoredForm<>(MapDraftTest::encode, (_, bytes) -> decode(bytes));

    /// Against a sorted map and the definition of the root written again: blocks of changes, some
    /// of them tried and forgotten, on maps in memory and on bytes.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void itIsASortedMapWithTheRootOfItsDefinition(long seed) {
        Random random = new Random(seed);
        int keys = 1 + random.nextInt(seed % 2 == 0 ? 12 : 600);
        SortedMap<String, String> model = new TreeMap<>();
        MerkleMap<String> map = EMPTY;
        for (int block = 0; block < 40; block++) {
            SortedMap<String, String> modelBefore = new TreeMap<>(model);
            MerkleMap<String> before = random.nextInt(4) == 0 ? stored(map) : map;
            MerkleMap<String> draft = before.in(MapMode.DRAFTED);
            int growth = random.nextInt(100);
            for (int step = random.nextInt(300); step > 0; step--) {
                if (random.nextInt(20) == 0) {
                    MerkleMap<String> trial = draft.in(MapMode.TRIED);
                    SortedMap<String, String> tried = new TreeMap<>(model);
                    for (int i = random.nextInt(10); i > 0; i--) {
                        trial = changed(trial, tried, random, keys, growth);
                    }
                }
                draft = changed(draft, model, random, keys, growth);
            }
            map = draft.in(MapMode.SHARED);
            String at = "seed %d block %d".formatted(seed, block);
            assertThat(map.root()).as(at).isEqualTo(NaiveMap.root(model));
            assertThat(map.size()).as(at).isEqualTo(model.size());
            assertThat(map.stream()).as(at).hasSize(model.size());
            for (var entry : model.entrySet()) {
                assertThat(draft.find(key(entry.getKey()))).contains(entry.getValue());
            }
            assertThat(before.root()).as(at).isEqualTo(NaiveMap.root(modelBefore));
            modelBefore.forEach((key, value) -> assertThat(before.find(key(key))).contains(value));
        }
    }

    /// Of maps that do not fit a processor's caches, ways are walked ahead of their changes.
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aLargeMapIsTheMapOfTheSameEntries(long seed) {
        Random random = new Random(seed);
        SortedMap<String, String> model = new TreeMap<>();
        MerkleMap<String> map = EMPTY;
        for (int block = 0; block < 12; block++) {
            MerkleMap<String> draft = map.in(MapMode.DRAFTED);
            for (int step = 0; step < (block < 4 ? 1_200 : 200); step++) {
                draft = changed(draft, model, random, 6_000, block < 4 ? 100 : 50);
            }
            map = draft.in(MapMode.SHARED);
            assertThat(map.isLarge()).isEqualTo(model.size() >= 2_048);
            assertThat(map.root()).as("block " + block).isEqualTo(NaiveMap.root(model));
        }
        assertThat(map.isLarge()).isTrue();
    }

    /// What was learnt of hashes below goes with a leaf that moves down, and with nothing else.
    @Test
    void rootsBetweenDoNotChangeTheNextRoot() {
        Random random = new Random(5);
        MerkleMap<String> asked = EMPTY;
        MerkleMap<String> unasked = EMPTY;
        for (int block = 0; block < 60; block++) {
            MerkleMap<String> one = asked.in(MapMode.DRAFTED);
            MerkleMap<String> other = unasked.in(MapMode.DRAFTED);
            for (int i = random.nextInt(30); i >= 0; i--) {
                ByteString key = key("key " + random.nextInt(150));
                if (random.nextInt(3) == 0) {
                    one = one.remove(key);
                    other = other.remove(key);
                } else {
                    one = one.put(key, "value " + block);
                    other = other.put(key, "value " + block);
                }
            }
            asked = one.in(MapMode.SHARED);
            unasked = other.in(MapMode.SHARED);
            assertThat(asked.root()).isEqualTo(NaiveMap.root(entries(asked)));
        }
        assertThat(unasked.root()).isEqualTo(asked.root());
    }

    /// Whoever chooses keys can make their hash codes the same; they are found and kept all the
    /// same.
    @Test
    void keysOfOneHashCodeAreToldApart() {
        List<ByteString> keys = keysOfOneHashCode();
        assertThat(keys.stream().map(ByteString::hashCode).distinct()).hasSize(1);
        MerkleMap<String> map = EMPTY.put(keys.getFirst(), "before");
        MerkleMap<String> draft = map.in(MapMode.DRAFTED);
        SortedMap<ByteString, String> model = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
            draft = draft.put(keys.get(i), "value " + i);
            model.put(keys.get(i), "value " + i);
        }
        draft = draft.remove(keys.get(7));
        model.remove(keys.get(7));
        MerkleMap<String> expected = EMPTY;
        for (var entry : model.entrySet()) {
            assertThat(draft.find(entry.getKey())).contains(entry.getValue());
            expected = expected.put(entry.getKey(), entry.getValue());
        }
        assertThat(draft.find(keys.get(7))).isEmpty();
        assertThat(draft.in(MapMode.SHARED).root()).isEqualTo(expected.root());
    }

    @Test
    void whatWasTriedIsForgotten() {
        MerkleMap<String> draft = EMPTY.put(key("a"), "1").in(MapMode.DRAFTED).put(key("b"), "2");
        MerkleMap<String> trial =
                draft.in(MapMode.TRIED).put(key("b"), "3").put(key("c"), "4").remove(key("a"));
        MerkleMap<String> second = trial.in(MapMode.TRIED).remove(key("c"));
        assertThat(second.find(key("c"))).isEmpty();
        assertThat(trial.find(key("c"))).contains("4");
        assertThat(trial.find(key("a"))).isEmpty();
        assertThat(trial.size()).isEqualTo(2);
        assertThat(draft.find(key("a"))).contains("1");
        assertThat(draft.find(key("b"))).contains("2");
        assertThat(draft.find(key("c"))).isEmpty();
        assertThat(draft.size()).isEqualTo(2);
        assertThatIllegalStateException().isThrownBy(() -> trial.in(MapMode.SHARED));
    }

    /// Whoever still held what was before a change would read what is after it.
    @Test
    void whatItWasBeforeAChangeIsAskedForNothing() {
        MerkleMap<String> before = EMPTY.put(key("a"), "1").in(MapMode.DRAFTED);
        MerkleMap<String> trial = before.in(MapMode.TRIED);
        MerkleMap<String> after = before.put(key("a"), "2");
        for (MerkleMap<String> past : List.of(before, trial)) {
            assertThatIllegalStateException().isThrownBy(() -> past.find(key("a")));
            assertThatIllegalStateException().isThrownBy(() -> past.put(key("a"), "3"));
            assertThatIllegalStateException().isThrownBy(() -> past.remove(key("a")));
            assertThatIllegalStateException().isThrownBy(past::size);
            assertThatIllegalStateException().isThrownBy(() -> past.in(MapMode.SHARED));
        }
        assertThat(after.find(key("a"))).contains("2");
        MerkleMap<String> without = after.remove(key("a"));
        assertThatIllegalStateException().isThrownBy(() -> after.find(key("a")));
        assertThat(without.in(MapMode.SHARED).root()).isEqualTo(EMPTY.root());
    }

    @Test
    void aSharedMapIsItsOwnTrialAndItsOwnShare() {
        MerkleMap<String> map = EMPTY.put(key("a"), "1");
        assertThat(map.in(MapMode.TRIED)).isSameAs(map);
        assertThat(map.in(MapMode.SHARED)).isSameAs(map);
        MerkleMap<String> draft = map.in(MapMode.DRAFTED).remove(key("never there"));
        assertThat(draft.in(MapMode.DRAFTED)).isSameAs(draft);
        assertThat(draft.in(MapMode.SHARED)).isSameAs(map);
    }

    @Test
    void aDraftHasNeitherRootNorOrder() {
        MerkleMap<String> draft = EMPTY.put(key("a"), "1").in(MapMode.DRAFTED);
        assertThatIllegalStateException().isThrownBy(draft::root);
        assertThatIllegalStateException().isThrownBy(draft::stream);
        assertThatIllegalStateException().isThrownBy(() -> draft.prove(key("a")));
        assertThatIllegalStateException().isThrownBy(() -> draft.forEach((_, _) -> {}));
        assertThatIllegalStateException().isThrownBy(() -> draft.store(new StoredInMemory.Sink()));
    }

    /// Asks a draft and its model the same, and changes both.
    private static MerkleMap<String> changed(
            MerkleMap<String> draft,
            SortedMap<String, String> model,
            Random random,
            int keys,
            int growth) {
        String key = "key " + random.nextInt(keys);
        if (random.nextInt(5) == 0) {
            draft.lookAhead(List.of(key(key), key("key " + random.nextInt(keys)), key(key)));
        }
        assertThat(draft.find(key(key)).orElse("none")).isEqualTo(model.getOrDefault(key, "none"));
        MerkleMap<String> changed;
        if (random.nextInt(100) < growth) {
            String value = "value " + random.nextInt(50);
            changed = draft.put(key(key), value);
            model.put(key, value);
        } else {
            changed = draft.remove(key(key));
            model.remove(key);
        }
        assertThat(changed.size()).isEqualTo(model.size());
        return changed;
    }

    private static SortedMap<String, String> entries(MerkleMap<String> map) {
        SortedMap<String, String> entries = new TreeMap<>();
        map.forEach((key, value) -> entries.put(decode(key.toBytes()), value));
        return entries;
    }

    /// "Aa" and "BB" have the same hash code, and so has whatever is made of as many of them.
    private static List<ByteString> keysOfOneHashCode() {
        List<String> texts = List.of("");
        for (int i = 0; i < 7; i++) {
            List<String> longer = new ArrayList<>();
            texts.forEach(text -> longer.addAll(List.of(text + "Aa", text + "BB")));
            texts = longer;
        }
        return texts.stream().map(MapDraftTest::key).toList();
    }

    private static MerkleMap<String> stored(MerkleMap<String> map) {
        StoredInMemory.Sink sink = new StoredInMemory.Sink();
        map.store(sink);
        StoredInMemory memory = new StoredInMemory(sink.toBytes());
        return MerkleMap.stored(FORM, map.root(), map.size(), memory, 0, memory.length());
    }

    private static ByteString key(String text) {
        return ByteString.of(encode(text));
    }

    private static byte[] encode(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
