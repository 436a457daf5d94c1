package mitoyen.ledger.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A growing tree of RFC 9162 of which roots, inclusion and growth of any size that it ever had can
/// be told, each by a logarithm of hashes.
///
/// It keeps the roots of the complete subtrees of 64 leaves and more, which is one byte a leaf, and
/// has leaves read where they lie for what is smaller. It has room for 2^31 leaves. [MerkleLog] is
/// the form that only knows its last root, of any size.
public final class MerkleHistory {
    /// The level of the smallest subtrees that are kept.
    private static final int LOWEST = 6;

    /// How many leaves the smallest subtrees have whose roots are kept. Whoever reads the leaves
    /// beforehand needs of a path those of the subtree that the leaf is in, of growth those of the
    /// one that the earlier tree ends in, and of anything those of the one that the tree ends in.
    public static final int SMALLEST_LEAVES = 1 << LOWEST;

    /// By level above the lowest, the roots of its complete subtrees.
    private final List<DigestList> kept = new ArrayList<>();

    /// By level, the root of the last subtree that is a left side, in which the next level's
    /// begins.
    private final Digest[] last = new Digest[Long.SIZE];

    private long size;

    /// The leaves that were added, which somebody else keeps.
    ///
    /// @param <X> why they cannot be read
    @FunctionalInterface
    public interface Leaves<X extends Exception> {
        /// The hashes of some leaves, in their order.
        ///
        /// @param from the index of the first
        /// @param to behind the last, at most 32 more
        List<Digest> read(long from, long to) throws X;
    }

    /// Adds a leaf at the end.
    public void append(Digest leafHash) {
        Digest hash = leafHash;
        int level = 0;
        keep(level, hash);
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            hash = MerkleTree.node(last[level], hash);
            level++;
            keep(level, hash);
        }
        last[level] = hash;
        size = Math.incrementExact(size);
    }

    private void keep(int level, Digest root) {
        if (level < LOWEST) {
            return;
        }
        if (level - LOWEST == kept.size()) {
            kept.add(new DigestList());
        }
        kept.get(level - LOWEST).add(root);
    }

    /// How many leaves there are.
    public long size() {
        return size;
    }

    /// The root over all leaves; of none the SHA-256 of nothing.
    public Digest root() {
        return size == 0
                ? MerkleTree.emptyRoot()
                : climb(last[Long.numberOfTrailingZeros(size)], size & size - 1);
    }

    /// The root over all leaves and one more behind them, which is not added.
    public Digest rootWith(Digest leafHash) {
        return climb(leafHash, size);
    }

    /// The root over what a subtree follows.
    ///
    /// @param before how many leaves that is, a bit for each of its complete subtrees
    private Digest climb(Digest subtree, long before) {
        Digest root = subtree;
        for (long bits = before; bits != 0; bits &= bits - 1) {
            root = MerkleTree.node(last[Long.numberOfTrailingZeros(bits)], root);
        }
        return root;
    }

    /// The root over the first leaves; of none the SHA-256 of nothing.
    ///
    /// @param size how many leaves, from 0 to [#size()]
    /// @throws IndexOutOfBoundsException if there are not so many
    public <X extends Exception> Digest root(long size, Leaves<X> leaves) throws X {
        Objects.checkFromToIndex(0, size, size());
        return size == 0 ? MerkleTree.emptyRoot() : rootOf(0, size, leaves);
    }

    /// The path that leads from a leaf to the root over the first leaves.
    ///
    /// @param index of the leaf, from 0
    /// @param size how many leaves the tree had
    /// @throws IndexOutOfBoundsException if there are not so many, or no such leaf among them
    public <X extends Exception> InclusionPath path(long index, long size, Leaves<X> leaves)
            throws X {
        Objects.checkFromToIndex(0, size, size());
        Objects.checkIndex(index, size);
        List<Digest> siblings = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + MerkleTree.split(to - from);
            if (index < middle) {
                siblings.add(rootOf(middle, to, leaves));
                to = middle;
            } else {
                siblings.add(rootOf(from, middle, leaves));
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
    public <X extends Exception> ConsistencyProof growth(long earlier, long later, Leaves<X> leaves)
            throws X {
        Objects.checkFromToIndex(earlier, later, size());
        List<Digest> hashes = new ArrayList<>();
        long from = 0;
        long to = later;
        while (earlier > from && earlier < to) {
            long middle = from + MerkleTree.split(to - from);
            if (earlier <= middle) {
                hashes.add(rootOf(middle, to, leaves));
                to = middle;
            } else {
                hashes.add(rootOf(from, middle, leaves));
                from = middle;
            }
        }
        if (earlier == to && from > 0) {
            hashes.add(rootOf(from, to, leaves));
        }
        return new ConsistencyProof(earlier, later, hashes.reversed());
    }

    /// The root over leaves that follow each other, of which the first begins a complete subtree
    /// and the largest complete ones come first.
    private <X extends Exception> Digest rootOf(long from, long to, Leaves<X> leaves) throws X {
        long count = to - from;
        if (Long.bitCount(count) == 1) {
            return complete(Long.numberOfTrailingZeros(count), from, leaves);
        }
        long middle = from + MerkleTree.split(count);
        return MerkleTree.node(rootOf(from, middle, leaves), rootOf(middle, to, leaves));
    }

    private <X extends Exception> Digest complete(int level, long from, Leaves<X> leaves) throws X {
        long index = from >>> level;
        if ((size >>> level) - 1 == index && index % 2 == 0) {
            return last[level];
        }
        return level < LOWEST
                ? MerkleTree.root(leaves.read(from, from + (1L << level)))
                : kept.get(level - LOWEST).get(Math.toIntExact(index));
    }
}
