package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-194: a map whose nodes lie elsewhere as bytes.
final class StoredMapTest {
    private static final StoredForm<String> FORM =
            new StoredForm<>(StoredMapTest::encode, StoredMapTest::decode);

    @Test
    void itIsTheMapThatWasStored() {
        Random random = new Random(17);
        for (int size = 0; size <= 700; size = size < 40 ? size + 1 : size * 2) {
            MerkleMap<String> map = filled(size, random);
            MerkleMap<String> stored = stored(map, new StoredInMemory(bytes(map)));
            assertThat(stored.root()).as("%d entries", size).isEqualTo(map.root());
            assertThat(stored.size()).isEqualTo(map.size());
            assertThat(stored.stream()).containsExactlyElementsOf(map.stream().toList());
            for (int i = 0; i < size + 5; i++) {
                ByteString key = key(i);
                assertThat(stored.find(key)).isEqualTo(map.find(key));
                assertThat(stored.prove(key)).isEqualTo(map.prove(key));
                assertThat(stored.put(key, "new").root()).isEqualTo(map.put(key, "new").root());
                assertThat(stored.remove(key).root()).isEqualTo(map.remove(key).root());
            }
        }
    }

    /// However it came to be, in memory or on top of bytes, what has the same entries is stored in
    /// the same bytes.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void itChangesAsTheOtherAndIsStoredInTheSameBytes(long seed) {
        Random random = new Random(seed);
        int keys = 1 + random.nextInt(200);
        MerkleMap<String> map = filled(random.nextInt(keys + 1), random);
        MerkleMap<String> stored = stored(map, new StoredInMemory(bytes(map)));
        for (int step = 0; step < 1_500; step++) {
            ByteString key = key(random.nextInt(keys));
            // Now it grows, now it shrinks to nothing.
            if (random.nextInt(100) < (step / 300 % 2 == 0 ? 60 : 30)) {
                String value = "value " + random.nextInt(50);
                map = map.put(key, value);
                stored = stored.put(key, value);
            } else {
                map = map.remove(key);
                stored = stored.remove(key);
            }
            assertThat(stored.size()).isEqualTo(map.size());
            if (step % 7 == 0) {
                assertThat(stored.root()).as("seed %d step %d", seed, step).isEqualTo(map.root());
            }
            if (step % 20 == 0) {
                byte[] bytes = bytes(map);
                assertThat(bytes(stored)).as("seed %d step %d", seed, step).isEqualTo(bytes);
                stored = stored(map, new StoredInMemory(bytes));
            }
        }
    }

    /// A map of 8 entries is their bytes and a 0; one of 9 is a branch behind its two sides.
    @Test
    void theFormIsThatOfTheSpecification() {
        MerkleMap<String> one = MerkleMap.empty(StoredMapTest::encode);
        one = one.put(ByteString.of(new byte[] {7}), "ab");
        assertThat(bytes(one)).isEqualTo(new byte[] {0, 1, 0, 0, 0, 2, 7, 'a', 'b', 0});
        assertThat(bytes(one.remove(ByteString.of(new byte[] {7})))).isEmpty();
        MerkleMap<String> eight = MerkleMap.empty(StoredMapTest::encode);
        for (int i = 0; i < 8; i++) {
            eight = eight.put(key(i), "v");
        }
        int entry = 6 + 5 + 1;
        assertThat(bytes(eight)).hasSize(8 * entry + 1).endsWith((byte) 0);
        byte[] nine = bytes(eight.put(key(8), "v"));
        assertThat(nine).hasSize(9 * entry + 2 + 32 + 32 + 8 + 1).endsWith((byte) 3);
    }

    /// An untouched map is copied without being read; one change rewrites its way and its bunch.
    @Test
    void whatWasNotChangedIsCopied() {
        MerkleMap<String> map = filled(5_000, new Random(3));
        byte[] bytes = bytes(map);
        StoredInMemory memory = new StoredInMemory(bytes);
        MerkleMap<String> stored = stored(map, memory);
        StoredInMemory.Sink copy = new StoredInMemory.Sink();
        assertThat(stored.store(copy)).isEqualTo(bytes.length);
        assertThat(copy.copiedBytes()).isEqualTo(bytes.length);
        StoredInMemory.Sink changed = new StoredInMemory.Sink();
        stored.put(key(1), "another").store(changed);
        assertThat(changed.copiedBytes()).isBetween(bytes.length * 99L / 100, (long) bytes.length);
        assertThat(changed.toBytes()).isEqualTo(bytes(map.put(key(1), "another")));
    }

    @Test
    void aLookupReadsOneWay() {
        MerkleMap<String> map = filled(5_000, new Random(3));
        StoredInMemory memory = new StoredInMemory(bytes(map));
        MerkleMap<String> stored = stored(map, memory);
        assertThat(stored.root()).isEqualTo(map.root());
        assertThat(memory.readBytes()).isZero();
        assertThat(stored.find(key(4))).isPresent();
        long once = memory.readBytes();
        assertThat(once).isBetween(500L, 3_000L);
        assertThat(stored.find(key(4))).isPresent();
        assertThat(memory.readBytes()).isEqualTo(once);
    }

    /// Wherever a byte is changed or missing, whoever reads it is told; what is not told is right.
    @Test
    void nothingDamagedIsEverUsed() {
        MerkleMap<String> map = filled(60, new Random(9));
        byte[] sound = bytes(map);
        for (int at = 0; at < sound.length; at++) {
            byte[] damaged = sound.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            MerkleMap<String> stored = stored(map, new StoredInMemory(damaged));
            assertThatExceptionOfType(DamagedBytesException.class)
                    .as("byte %d", at)
                    .isThrownBy(stored::requireWhole);
            int right = 0;
            for (int i = 0; i < 70; i++) {
                right += isRightOrDamaged(stored, map, key(i)) ? 1 : 0;
            }
            // What is wrong at the top is met on every way.
            boolean atTheTop = at >= sound.length - (2 * 32 + 8 + 1);
            assertThat(right > 0 || atTheTop).as("byte %d", at).isTrue();
        }
    }

    @Test
    void bytesOfNoMapAreTold() {
        Random random = new Random(2);
        Digest root = Sha256.of(new byte[] {1});
        for (int attempt = 0; attempt < 3_000; attempt++) {
            byte[] bytes = new byte[1 + random.nextInt(200)];
            random.nextBytes(bytes);
            bytes[bytes.length - 1] = (byte) (attempt % 5);
            StoredInMemory memory = new StoredInMemory(bytes);
            var stored = MerkleMap.stored(FORM, root, 9, memory, 0, bytes.length);
            assertThatThrownBy(() -> stored.find(key(1)))
                    .isInstanceOf(DamagedBytesException.class)
                    .hasMessageContaining("memory");
        }
    }

    /// No hash says how many entries there are; whoever walks through them does.
    @Test
    void aNumberOfEntriesThatIsWrongIsFound() {
        MerkleMap<String> map = filled(60, new Random(9));
        StoredInMemory memory = new StoredInMemory(bytes(map));
        for (int size : new int[] {1, 59, 61}) {
            var stored = MerkleMap.stored(FORM, map.root(), size, memory, 0, memory.length());
            assertThatExceptionOfType(DamagedBytesException.class)
                    .isThrownBy(stored::requireWhole)
                    .withMessageContaining("entries than it says");
            assertThatExceptionOfType(DamagedBytesException.class)
                    .isThrownBy(() -> stored.stream().toList());
        }
        stored(map, memory).requireWhole();
    }

    @Test
    void anyNumberOfThreadsMayAsk() throws InterruptedException, ExecutionException {
        MerkleMap<String> map = filled(2_000, new Random(4));
        for (int round = 0; round < 20; round++) {
            MerkleMap<String> stored = stored(map, new StoredInMemory(bytes(map)));
            try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
                List<Future<Integer>> found = new ArrayList<>();
                for (int thread = 0; thread < 3; thread++) {
                    found.add(threads.submit(() -> countFound(stored, map)));
                }
                for (Future<Integer> each : found) {
                    assertThat(each.get()).isEqualTo(2_000);
                }
            }
        }
    }

    private static int countFound(MerkleMap<String> stored, MerkleMap<String> map) {
        int found = 0;
        for (int i = 0; i < 2_000; i++) {
            found += stored.find(key(i)).equals(map.find(key(i))) ? 1 : 0;
        }
        return found;
    }

    private static boolean isRightOrDamaged(
            MerkleMap<String> stored, MerkleMap<String> map, ByteString key) {
        try {
            assertThat(stored.find(key)).isEqualTo(map.find(key));
            assertThat(stored.put(key, "x").root()).isEqualTo(map.put(key, "x").root());
            assertThat(stored.remove(key).root()).isEqualTo(map.remove(key).root());
            return true;
        } catch (DamagedBytesException told) {
            return false;
        }
    }

    private static MerkleMap<String> filled(int size, Random random) {
        MerkleMap<String> map = MerkleMap.empty(StoredMapTest::encode);
        for (int i = 0; i < size; i++) {
            map = map.put(key(i), "value " + random.nextInt(100));
        }
        return map;
    }

    private static byte[] bytes(MerkleMap<String> map) {
        StoredInMemory.Sink sink = new StoredInMemory.Sink();
        assertThat(map.store(sink)).isEqualTo(sink.toBytes().length);
        return sink.toBytes();
    }

    private static MerkleMap<String> stored(MerkleMap<String> map, StoredInMemory memory) {
        return MerkleMap.stored(FORM, map.root(), map.size(), memory, 0, memory.length());
    }

    private static ByteString key(int number) {
        return ByteString.of(encode("key " + number));
    }

    private static byte[] encode(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String decode(ByteString key, byte[] bytes) throws CborException {
        if (key.length() > 20) {
            throw new CborException(0, "no key of this test");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
