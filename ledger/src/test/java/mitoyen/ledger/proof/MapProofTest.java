package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.MapProof.Held;
import mitoyen.ledger.proof.MapProof.Nothing;
import mitoyen.ledger.proof.MapProof.Other;
import org.junit.jupiter.api.Test;

/// LE-17, LE-162 and LE-163: what the hashes beside a way prove, and what they do not.
final class MapProofTest {
    private static final MerkleMap<String> EMPTY =
            MerkleMap.empty(value -> value.getBytes(StandardCharsets.UTF_8));
    private static final Digest OTHER = NaiveMap.sha256("another");

    @Test
    void everyKeyIsProvedPresentAndEveryOtherAbsent() {
        MerkleMap<String> map = EMPTY;
        for (int size = 0; size <= 40; size++) {
            Digest root = map.root();
            for (int i = 0; i < 80; i++) {
                ByteString key = bytes("key " + i);
                ByteString value = bytes("value " + i);
                boolean present = i < size;
                MapProof proof = map.prove(key);
                assertThat(proof.provesPresence(key, value, root)).isEqualTo(present);
                assertThat(proof.provesAbsence(key, root)).isEqualTo(!present);
                assertThat(proof.provesPresence(key, bytes("more"), root)).isFalse();
                assertThat(proof.provesPresence(key, value, OTHER)).isFalse();
                assertThat(proof.provesAbsence(key, OTHER)).isFalse();
                assertThat(proof.isWellFormed()).isTrue();
            }
            map = map.put(bytes("key " + size), "value " + size);
        }
    }

    @Test
    void allThreeKindsOfEndsOccur() {
        MerkleMap<String> map = filled(40);
        List<MapProof.End> ends =
                Stream.iterate(0, i -> i + 1)
                        .limit(200)
                        .map(i -> map.prove(bytes("key " + i)).end())
                        .toList();
        assertThat(ends).hasAtLeastOneElementOfType(Held.class);
        assertThat(ends).hasAtLeastOneElementOfType(Nothing.class);
        assertThat(ends).hasAtLeastOneElementOfType(Other.class);
    }

    @Test
    void whatIsEmptyBesideALongWayIsLeftOut() {
        MerkleMap<String> map = filled(2_000);
        int left = 0;
        for (int i = 0; i < 2_000; i++) {
            MapProof proof = map.prove(bytes("key " + i));
            assertThat(proof.siblings()).doesNotContain(MerkleMap.EMPTY_ROOT);
            left += 8 * proof.levels().length() - proof.siblings().size();
        }
        assertThat(left).isGreaterThan(2_000);
    }

    @Test
    void nothingElseIsProvedByAnyPartOfIt() {
        MerkleMap<String> map = filled(40);
        Digest root = map.root();
        for (int i = 0; i < 80; i++) {
            ByteString key = bytes("key " + i);
            MapProof proof = map.prove(key);
            for (MapProof altered : alterations(proof)) {
                boolean proved =
                        altered.end() instanceof Held(ByteString value)
                                ? altered.provesPresence(key, value, root)
                                : altered.provesAbsence(key, root);
                assertThat(proved).as("%s instead of %s", altered, proof).isFalse();
            }
        }
    }

    @Test
    void theLeafOfAnotherKeyProvesNoPresence() {
        MerkleMap<String> map = EMPTY.put(bytes("a"), "x");
        Digest root = map.root();
        MapProof proof = map.prove(bytes("b"));
        assertThat(proof.end()).isEqualTo(new Other(NaiveMap.sha256("a"), NaiveMap.sha256("x")));
        assertThat(proof.provesAbsence(bytes("b"), root)).isTrue();
        assertThat(proof.provesAbsence(bytes("a"), root)).as("its own leaf").isFalse();
        assertThat(proof.provesPresence(bytes("b"), bytes("x"), root)).isFalse();
    }

    @Test
    void aLeafFromBesideTheWayProvesNoAbsence() {
        MerkleMap<String> map = filled(40);
        ByteString here = bytes("key 1");
        MapProof proof = map.prove(here);
        Digest value = Sha256.of(bytes("value 1").toBytes());
        MapProof moved =
                new MapProof(
                        proof.levels(),
                        proof.siblings(),
                        new Other(Sha256.of(here.toBytes()), value));
        int refused = 0;
        for (int i = 40; i < 80; i++) {
            ByteString absent = bytes("key " + i);
            refused += moved.provesAbsence(absent, map.root()) ? 0 : 1;
            assertThat(moved.provesAbsence(absent, map.root()))
                    .isEqualTo(map.prove(absent).equals(moved));
        }
        assertThat(refused).isGreaterThan(35);
    }

    private static List<MapProof> alterations(MapProof proof) {
        List<MapProof> altered = new ArrayList<>();
        List<Digest> siblings = proof.siblings();
        for (int i = 0; i < siblings.size(); i++) {
            altered.add(with(proof, replaced(siblings, i, OTHER)));
            altered.add(with(proof, replaced(siblings, i, MerkleMap.EMPTY_ROOT)));
            List<Digest> fewer = new ArrayList<>(siblings);
            fewer.remove(i);
            altered.add(with(proof, fewer));
        }
        List<Digest> more = new ArrayList<>(siblings);
        more.add(OTHER);
        altered.add(with(proof, more));
        byte[] levels = proof.levels().toBytes();
        for (int bit = 0; bit < 8 * levels.length; bit++) {
            byte[] flipped = levels.clone();
            flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
            altered.add(new MapProof(ByteString.of(flipped), siblings, proof.end()));
            altered.add(new MapProof(ByteString.of(flipped), more, proof.end()));
        }
        byte[] longer = Arrays.copyOf(levels, levels.length + 1);
        altered.add(new MapProof(ByteString.of(longer), siblings, proof.end()));
        altered.add(new MapProof(ByteString.of(new byte[33]), siblings, proof.end()));
        for (MapProof.End end : ends(proof.end())) {
            altered.add(new MapProof(proof.levels(), siblings, end));
        }
        return altered;
    }

    private static List<MapProof.End> ends(MapProof.End end) {
        Other other = new Other(OTHER, OTHER);
        return switch (end) {
            case Held(ByteString value) ->
                    List.of(new Nothing(), other, new Held(bytes(value + " more")));
            case Nothing _ -> List.of(other, new Held(bytes("")), new Held(bytes("value 1")));
            case Other(Digest place, Digest value) ->
                    List.of(
                            new Nothing(),
                            new Other(place, OTHER),
                            new Other(OTHER, value),
                            new Held(value.bytes()));
        };
    }

    private static MapProof with(MapProof proof, List<Digest> siblings) {
        return new MapProof(proof.levels(), siblings, proof.end());
    }

    private static List<Digest> replaced(List<Digest> digests, int index, Digest digest) {
        List<Digest> replaced = new ArrayList<>(digests);
        replaced.set(index, digest);
        return replaced;
    }

    private static MerkleMap<String> filled(int size) {
        MerkleMap<String> map = EMPTY;
        for (int i = 0; i < size; i++) {
            map = map.put(bytes("key " + i), "value " + i);
        }
        return map;
    }

    private static ByteString bytes(String text) {
        return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
