package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// LE-11 to LE-14: the tree of RFC 9162, with the vectors that Certificate Transparency's
/// implementations share.
final class MerkleTreeTest {
    private static final List<String> LEAVES =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS =
            List.of(
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void rootsAreThoseOfCertificateTransparency() {
        MerkleLog log = new MerkleLog();
        List<Digest> hashes = new ArrayList<>();
        assertThat(log.root()).hasToString(ROOTS.getFirst());
        for (String leaf : LEAVES) {
            Digest hash = MerkleTree.leafHash(HexFormat.of().parseHex(leaf));
            hashes.add(hash);
            log.append(hash);
            assertThat(log.size()).isEqualTo(hashes.size());
            assertThat(log.root()).hasToString(ROOTS.get(hashes.size()));
            assertThat(MerkleTree.root(hashes)).isEqualTo(log.root());
        }
    }

    @Test
    void rootsAreThoseOfTheDefinitionForEverySize() {
        List<Digest> hashes = new ArrayList<>();
        for (int size = 1; size <= 130; size++) {
            hashes.add(MerkleTree.leafHash(new byte[] {(byte) size}));
            assertThat(MerkleTree.root(hashes)).isEqualTo(defined(hashes));
        }
    }

    @Test
    void everyPathProvesItsLeafAndNothingElse() {
        long seed = 9162;
        Random random = new Random(seed);
        for (int size = 1; size <= 40; size++) {
            List<Digest> hashes = random(random, size);
            Digest root = MerkleTree.root(hashes);
            Digest other = random(random, 1).getFirst();
            for (int index = 0; index < size; index++) {
                InclusionPath path = MerkleTree.path(hashes, index);
                Digest leaf = hashes.get(index);
                assertThat(path.proves(leaf, root)).as("%d of %d", index, size).isTrue();
                assertThat(path.proves(other, root)).isFalse();
                assertThat(path.proves(leaf, other)).isFalse();
                assertNothingElseProves(path, leaf, root, other);
            }
        }
    }

    @Test
    void thereIsNoPathToALeafThatIsNotThere() {
        List<Digest> one = List.of(MerkleTree.leafHash());
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> MerkleTree.path(one, 1));
        Digest root = MerkleTree.root(one);
        assertThat(new InclusionPath(1, 1, List.of()).proves(one.getFirst(), root)).isFalse();
        assertThat(new InclusionPath(-1, 1, List.of()).proves(one.getFirst(), root)).isFalse();
        assertThat(new InclusionPath(0, 0, List.of()).proves(one.getFirst(), root)).isFalse();
    }

    private static void assertNothingElseProves(
            InclusionPath path, Digest leaf, Digest root, Digest other) {
        List<Digest> longer = new ArrayList<>(path.siblings());
        longer.add(other);
        assertThat(new InclusionPath(path.index(), path.size(), longer).proves(leaf, root))
                .isFalse();
        for (int i = 0; i < path.siblings().size(); i++) {
            List<Digest> changed = new ArrayList<>(path.siblings());
            changed.set(i, other);
            assertThat(new InclusionPath(path.index(), path.size(), changed).proves(leaf, root))
                    .isFalse();
            changed.remove(i);
            assertThat(new InclusionPath(path.index(), path.size(), changed).proves(leaf, root))
                    .isFalse();
        }
        for (long index = 0; index < path.size(); index++) {
            boolean same = index == path.index();
            assertThat(new InclusionPath(index, path.size(), path.siblings()).proves(leaf, root))
                    .isEqualTo(same);
        }
    }

    /// RFC 9162, section 2.1.1, word for word.
    private static Digest defined(List<Digest> hashes) {
        if (hashes.size() == 1) {
            return hashes.getFirst();
        }
        int split = 1;
        while (split * 2 < hashes.size()) {
            split *= 2;
        }
        return Sha256.of(
                new byte[] {1},
                defined(hashes.subList(0, split)).toBytes(),
                defined(hashes.subList(split, hashes.size())).toBytes());
    }

    private static List<Digest> random(Random random, int count) {
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[Digest.LENGTH];
            random.nextBytes(bytes);
            digests.add(Digest.of(bytes));
        }
        return digests;
    }
}
