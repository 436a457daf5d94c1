package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import mitoyen.ledger.cbor.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-56: the map of the roots that are not those of nothing.
final class NamedRootsTest {
    private static final NamedRoots<Name> NAMES = new NamedRoots<>(Name.class);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void itIsTheMapOfItsEntries(long seed) {
        Random random = new Random(seed);
        Map<Name, Digest> roots = new EnumMap<>(Name.class);
        MerkleMap<Digest> expected = MerkleMap.empty(Digest::toBytes);
        for (Name name : Name.values()) {
            if (random.nextBoolean()) {
                byte[] bytes = new byte[Digest.LENGTH];
                random.nextBytes(bytes);
                roots.put(name, Digest.of(bytes));
                expected = expected.put(key(name), Digest.of(bytes));
            } else if (random.nextBoolean()) {
                roots.put(name, MerkleMap.EMPTY_ROOT);
            }
        }
        MerkleMap<Digest> map = NAMES.map(roots);
        assertThat(map.root()).isEqualTo(expected.root());
        assertThat(map.size()).isEqualTo(expected.size());
        for (Name name : Name.values()) {
            assertThat(map.find(key(name))).isEqualTo(expected.find(key(name)));
            assertThat(map.prove(key(name))).isEqualTo(expected.prove(key(name)));
        }
    }

    @Test
    void withoutRootsItIsEmpty() {
        assertThat(NAMES.map(Map.of()).root()).isEqualTo(MerkleMap.EMPTY_ROOT);
        Map<Name, Digest> nothing = Map.of(Name.CELLAR, MerkleMap.EMPTY_ROOT);
        assertThat(NAMES.map(nothing).size()).isZero();
    }

    private static ByteString key(Name name) {
        return ByteString.of(name.toString().getBytes(StandardCharsets.UTF_8));
    }

    private enum Name {
        ATTIC,
        BATH,
        CELLAR,
        DOOR,
        EAVES,
        FLOOR,
        GARDEN,
        HALL;

        @Override
        public String toString() {
            return "the house's/" + name();
        }
    }
}
