package mitoyen.ledger.proof;

import java.util.List;

/// A way up an RFC 9162 tree whose number of leaves nobody vouches for: with the side of each
/// sibling, since it does not follow from an index (LE-167).
///
/// It proves that a leaf is in the tree, and not where: one index of a tree of one size has the
/// same way as another of another size.
///
/// @param sides a bit a sibling, from the least significant: 1 where it stands on the left
/// @param siblings from the leaf's own level upwards; at most 32
public record SidedPath(long sides, List<Digest> siblings) {
    /// The most siblings.
    public static final int MAX_LENGTH = 32;

    /// @throws IllegalArgumentException if there are too many siblings, or sides of more
    public SidedPath {
        siblings = List.copyOf(siblings);
        if (siblings.size() > MAX_LENGTH || sides >>> siblings.size() != 0) {
            throw new IllegalArgumentException("sides " + sides + " of " + siblings.size());
        }
    }

    /// The same way as that of a leaf's index.
    public static SidedPath of(InclusionPath path) {
        long sides = 0;
        long node = path.index();
        long last = path.size() - 1;
        for (int level = 0; level < path.siblings().size(); level++) {
            if ((node & 1) == 1 || node == last) {
                sides |= 1L << level;
                int skipped = Long.numberOfTrailingZeros(node);
                node >>= skipped;
                last >>= skipped;
            }
            node >>= 1;
            last >>= 1;
        }
        return new SidedPath(sides, path.siblings());
    }

    /// Whether the path leads from this leaf hash to this root.
    public boolean proves(Digest leafHash, Digest root) {
        Digest hash = leafHash;
        for (int level = 0; level < siblings.size(); level++) {
            Digest sibling = siblings.get(level);
            boolean isLeft = (sides >>> level & 1) == 1;
            hash = isLeft ? MerkleTree.node(sibling, hash) : MerkleTree.node(hash, sibling);
        }
        return hash.equals(root);
    }
}
