package mitoyen.ledger.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A growing tree of RFC 9162 that keeps the root of every complete subtree, 64 bytes a leaf:
/// roots, inclusion and growth of any size it ever had cost a logarithm of hashes.
///
/// It has room for 2^25 leaves. [MerkleLog] is the form that only knows its last root, of any size.
public final class MerkleHistory {
    /// By level, the roots of the complete subtrees of 2^level leaves.
    private final List<DigestList> levels = new ArrayList<>();

    /// Adds a leaf at the end.
    public void append(Digest leafHash) {
        Digest hash = leafHash;
        for (int level = 0; ; level++) {
            if (level == levels.size()) {
                levels.add(new DigestList());
            }
            DigestList row = levels.get(level);
            row.add(hash);
            if (row.size() % 2 == 1) {
                return;
            }
            hash = MerkleTree.node(row.get(row.size() - 2), hash);
        }
    }

    /// How many leaves there are.
    public int size() {
        return levels.isEmpty() ? 0 : levels.getFirst().size();
    }

    /// The root over the first leaves; of none the SHA-256 of nothing.
    ///
    /// @param size how many leaves, from 0 to [#size()]
    /// @throws IndexOutOfBoundsException if there are not so many
    public Digest root(int size) {
        Objects.checkFromToIndex(0, size, size());
        return size == 0 ? MerkleTree.emptyRoot() : rootOf(0, size);
    }

    /// The root over all leaves and one more behind them, which is not added.
    public Digest rootWith(Digest leafHash) {
        Digest root = leafHash;
        for (int level = 0; level < levels.size(); level++) {
            if ((size() >>> level) % 2 == 1) {
                root = MerkleTree.node(levels.get(level).get((size() >>> level) - 1), root);
            }
        }
        return root;
    }

    /// The path that leads from a leaf to the root over the first leaves.
    ///
    /// @param index of the leaf, from 0
    /// @param size how many leaves the tree had
    /// @throws IndexOutOfBoundsException if there are not so many, or no such leaf among them
    public InclusionPath path(int index, int size) {
        Objects.checkFromToIndex(0, size, size());
        Objects.checkIndex(index, size);
        List<Digest> siblings = new ArrayList<>();
        int from = 0;
        int to = size;
        while (to - from > 1) {
            int middle = from + MerkleTree.split(to - from);
            if (index < middle) {
                siblings.add(rootOf(middle, to));
                to = middle;
            } else {
                siblings.add(rootOf(from, middle));
                from = middle;
            }
        }
        return new InclusionPath(index, size, siblings.reversed());
    }

    /// What proves that the tree of one size began with the tree of another.
    ///
    /// @param earlier how many leaves it had, from 0
    /// @param later how many it had later, at least as many
    /// @throws IndexOutOfBoundsException if there are not so many
    public ConsistencyProof growth(int earlier, int later) {
        Objects.checkFromToIndex(earlier, later, size());
        List<Digest> hashes = new ArrayList<>();
        int from = 0;
        int to = later;
        while (earlier > from && earlier < to) {
            int middle = from + MerkleTree.split(to - from);
            if (earlier <= middle) {
                hashes.add(rootOf(middle, to));
                to = middle;
            } else {
                hashes.add(rootOf(from, middle));
                from = middle;
            }
        }
        if (earlier == to && from > 0) {
            hashes.add(rootOf(from, to));
        }
        return new ConsistencyProof(earlier, later, hashes.reversed());
    }

    /// The root over leaves that follow each other, of which the first begins a complete subtree
    /// and the largest complete ones come first.
    private Digest rootOf(int from, int to) {
        int leaves = to - from;
        if (Integer.bitCount(leaves) == 1) {
            int level = Integer.numberOfTrailingZeros(leaves);
            return levels.get(level).get(from >>> level);
        }
        int middle = from + MerkleTree.split(leaves);
        return MerkleTree.node(rootOf(from, middle), rootOf(middle, to));
    }
}
