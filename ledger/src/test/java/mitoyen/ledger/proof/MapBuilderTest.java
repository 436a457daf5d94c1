package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import mitoyen.ledger.cbor.ByteString;
import org.junit.jupiter.api.Test;

/// LE-161: a map that is made of its entries in their order.
final class MapBuilderTest {
    @Test
    void itIsTheMapThatTheEntriesWerePutInto() {
        Random random = new Random(11);
        for (int size = 0; size <= 400; size = size < 40 ? size + 1 : size * 2) {
            MerkleMap<String> map = MerkleMap.empty(MapBuilderTest::encode);
            for (int i = 0; i < size; i++) {
                map = map.put(key(random.nextInt()), "value " + i);
            }
            MapBuilder<String> builder = new MapBuilder<>(MapBuilderTest::encode);
            map.forEach((key, value) -> assertThat(builder.add(key, value)).isTrue());
            MerkleMap<String> built = builder.build();
            assertThat(built.root()).as("%d entries", size).isEqualTo(map.root());
            assertThat(built.size()).isEqualTo(map.size());
            assertThat(built.stream()).containsExactlyElementsOf(map.stream().toList());
            for (int change = 0; change < 20; change++) {
                ByteString key = key(random.nextInt());
                assertThat(built.put(key, "new").root()).isEqualTo(map.put(key, "new").root());
            }
            for (MerkleMap.Entry<String> entry : map.stream().limit(20).toList()) {
                assertThat(built.find(entry.key())).contains(entry.value());
                assertThat(built.prove(entry.key())).isEqualTo(map.prove(entry.key()));
                assertThat(built.remove(entry.key()).root())
                        .isEqualTo(map.remove(entry.key()).root());
            }
        }
    }

    @Test
    void anEntryThatDoesNotFollowIsNotAdded() {
        MerkleMap<String> map = MerkleMap.empty(MapBuilderTest::encode);
        map = map.put(key(1), "one").put(key(2), "two").put(key(3), "three");
        List<ByteString> keys = map.stream().map(MerkleMap.Entry::key).toList();
        MapBuilder<String> builder = new MapBuilder<>(MapBuilderTest::encode);
        assertThat(builder.add(keys.get(1), "a")).isTrue();
        assertThat(builder.add(keys.get(1), "b")).isFalse();
        assertThat(builder.add(keys.get(0), "c")).isFalse();
        assertThat(builder.add(keys.get(2), "d")).isTrue();
        assertThat(builder.build().stream().map(MerkleMap.Entry::value)).containsExactly("a", "d");
    }

    private static ByteString key(int number) {
        return ByteString.of(encode("key " + number));
    }

    private static byte[] encode(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
