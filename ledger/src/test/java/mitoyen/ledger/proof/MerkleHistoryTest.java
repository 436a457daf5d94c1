package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// LE-13, LE-14 and LE-160: growth, and the tree that remembers every size it had.
final class MerkleHistoryTest {
    private static final int LARGEST = 150;
    private static final Digest OTHER = Sha256.of(new byte[] {9});

    /// Of the leaves that Certificate Transparency's implementations share.
    @ParameterizedTest
    @CsvSource({
        "1, 1, ''",
        "1, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "6, 8, 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
                + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
                + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "2, 5, 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    })
    void growthIsThatOfCertificateTransparency(int earlier, int later, String hashes) {
        List<Digest> leaves =
                Stream.of(
                                "",
                                "00",
                                "10",
                                "2021",
                                "3031",
                                "40414243",
                                "5051525354555657",
                                "606162636465666768696a6b6c6d6e6f")
                        .map(leaf -> MerkleTree.leafHash(HexFormat.of().parseHex(leaf)))
                        .toList();
        List<Digest> expected =
                Stream.of(hashes.split(" "))
                        .filter(hash -> !hash.isEmpty())
                        .map(Digest::parse)
                        .toList();
        assertThat(MerkleTree.growth(leaves.subList(0, later), earlier).hashes())
                .isEqualTo(expected);
        assertThat(history(leaves).growth(earlier, later, in(leaves)).hashes()).isEqualTo(expected);
    }

    /// RFC 9162, section 2.1.5: the tree of seven leaves, its nodes by their letters there.
    @Test
    void proofsAreThoseOfTheExampleOfTheStandard() {
        List<Digest> leaves = leaves(7);
        Digest c = leaves.get(2);
        Digest d = leaves.get(3);
        Digest i = MerkleTree.node(leaves.get(4), leaves.get(5));
        Digest j = leaves.get(6);
        Digest g = MerkleTree.node(leaves.get(0), leaves.get(1));
        Digest k = MerkleTree.node(g, MerkleTree.node(c, d));
        Digest l = MerkleTree.node(i, j);
        MerkleHistory history = history(leaves);
        assertThat(history.growth(3, 7, in(leaves)).hashes()).containsExactly(c, d, g, l);
        assertThat(history.growth(4, 7, in(leaves)).hashes()).containsExactly(l);
        assertThat(history.growth(6, 7, in(leaves)).hashes()).containsExactly(i, j, k);
        assertThat(history.path(3, 7, in(leaves)).siblings()).containsExactly(c, g, l);
        assertThat(history.path(6, 7, in(leaves)).siblings()).containsExactly(i, k);
    }

    @Test
    void theRootWithOneMoreLeafIsThatAfterAddingIt() {
        MerkleHistory history = new MerkleHistory();
        for (Digest leaf : leaves(LARGEST)) {
            Digest with = history.rootWith(leaf);
            history.append(leaf);
            assertThat(with).isEqualTo(history.root());
        }
    }

    @Test
    void everySizeItHadKeepsItsRootPathsAndGrowth() {
        List<Digest> leaves = leaves(LARGEST);
        MerkleHistory history = history(leaves);
        assertThat(history.size()).isEqualTo(LARGEST);
        for (int later = 0; later <= LARGEST; later++) {
            List<Digest> then = leaves.subList(0, later);
            assertThat(history.root(later, in(leaves))).isEqualTo(MerkleTree.root(then));
            for (int index = 0; index < later; index++) {
                assertThat(history.path(index, later, in(leaves)))
                        .isEqualTo(MerkleTree.path(then, index));
            }
            for (int earlier = 0; earlier <= later; earlier++) {
                ConsistencyProof growth = history.growth(earlier, later, in(leaves));
                assertThat(growth).isEqualTo(MerkleTree.growth(then, earlier));
                assertThat(
                                growth.proves(
                                        history.root(earlier, in(leaves)),
                                        history.root(later, in(leaves))))
                        .as("from %d to %d", earlier, later)
                        .isTrue();
            }
        }
    }

    @Test
    void growthProvesNothingElse() {
        List<Digest> leaves = leaves(40);
        MerkleHistory history = history(leaves);
        for (int later = 1; later <= 40; later++) {
            for (int earlier = 1; earlier <= later; earlier++) {
                ConsistencyProof growth = history.growth(earlier, later, in(leaves));
                Digest before = history.root(earlier, in(leaves));
                Digest after = history.root(later, in(leaves));
                assertThat(growth.proves(OTHER, after)).isFalse();
                assertThat(growth.proves(before, OTHER)).isFalse();
                assertThat(growth.proves(after, before)).isEqualTo(earlier == later);
                assertNothingElseProves(growth, before, after);
            }
        }
    }

    @Test
    void anotherBeginningDoesNotGrow() {
        List<Digest> leaves = leaves(20);
        MerkleHistory history = history(leaves);
        for (int changed = 0; changed < 20; changed++) {
            List<Digest> forged = new ArrayList<>(leaves);
            forged.set(changed, OTHER);
            MerkleHistory other = history(forged);
            for (int earlier = changed + 1; earlier < 20; earlier++) {
                Digest before = history.root(earlier, in(leaves));
                assertThat(other.growth(earlier, 20, in(forged)).proves(before, other.root()))
                        .isFalse();
                assertThat(history.growth(earlier, 20, in(leaves)).proves(before, other.root()))
                        .isFalse();
            }
        }
    }

    @Test
    void whatNoTreeHasIsRefused() {
        Digest root = MerkleTree.root(leaves(3));
        assertThat(new ConsistencyProof(-1, 3, List.of()).proves(root, root)).isFalse();
        assertThat(new ConsistencyProof(3, 2, List.of()).proves(root, root)).isFalse();
        assertThat(new ConsistencyProof(0, 3, List.of()).proves(root, root)).isFalse();
        assertThat(new ConsistencyProof(0, 0, List.of(root)).proves(Sha256.of(), Sha256.of()))
                .isFalse();
        assertThat(new ConsistencyProof(0, 3, List.of(root)).proves(Sha256.of(), root)).isFalse();
        assertThat(new ConsistencyProof(3, Long.MAX_VALUE, List.of()).proves(root, root)).isFalse();
        List<Digest> leaves = leaves(3);
        MerkleHistory history = history(leaves);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> history.root(4, in(leaves)));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> history.path(2, 2, in(leaves)));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> history.growth(3, 2, in(leaves)));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> MerkleTree.growth(leaves(3), 4));
    }

    private static void assertNothingElseProves(
            ConsistencyProof growth, Digest before, Digest after) {
        List<Digest> longer = new ArrayList<>(growth.hashes());
        longer.add(OTHER);
        assertThat(proves(growth, longer, before, after)).isFalse();
        for (int i = 0; i < growth.hashes().size(); i++) {
            List<Digest> changed = new ArrayList<>(growth.hashes());
            changed.set(i, OTHER);
            assertThat(proves(growth, changed, before, after)).isFalse();
            changed.remove(i);
            assertThat(proves(growth, changed, before, after)).isFalse();
        }
    }

    private static boolean proves(
            ConsistencyProof growth, List<Digest> hashes, Digest before, Digest after) {
        return new ConsistencyProof(growth.earlier(), growth.later(), hashes).proves(before, after);
    }

    private static MerkleHistory.Leaves<RuntimeException> in(List<Digest> leaves) {
        return (from, to) -> {
            assertThat(to - from).as("how many leaves are read at once").isLessThan(33);
            return leaves.subList((int) from, (int) to);
        };
    }

    private static MerkleHistory history(List<Digest> leaves) {
        MerkleHistory history = new MerkleHistory();
        leaves.forEach(history::append);
        return history;
    }

    private static List<Digest> leaves(int count) {
        List<Digest> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(MerkleTree.leafHash(new byte[] {(byte) i}));
        }
        return leaves;
    }
}
