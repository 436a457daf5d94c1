package mitoyen.ledger.proof;

import java.util.List;

/// What proves that a leaf is in an RFC 9162 tree: the roots of the subtrees beside its way up.
///
/// @param index of the leaf, from 0
/// @param size how many leaves the tree has
/// @param siblings from the leaf's own level upwards
public record InclusionPath(long index, long size, List<Digest> siblings) {
    public InclusionPath {
        siblings = List.copyOf(siblings);
    }

    /// Whether the path leads from this leaf hash to this root (RFC 9162, section 2.1.3.2).
    public boolean proves(Digest leafHash, Digest root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        Digest hash = leafHash;
        for (Digest sibling : siblings) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = MerkleTree.node(sibling, hash);
                int skipped = Long.numberOfTrailingZeros(node);
                node >>= skipped;
                last >>= skipped;
            } else {
                hash = MerkleTree.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }
}
