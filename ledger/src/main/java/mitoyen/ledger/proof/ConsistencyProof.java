package mitoyen.ledger.proof;

import java.util.List;

/// What proves that an RFC 9162 tree only grew: the roots of the subtrees from which both its
/// earlier and its later root follow (section 2.1.4).
///
/// The proof for equal sizes is empty, and so is that from the tree without leaves, with which any
/// tree begins.
///
/// @param earlier how many leaves the tree had, from 0
/// @param later how many it had later, at least as many
/// @param hashes from the bottom up
public record ConsistencyProof(long earlier, long later, List<Digest> hashes) {
    public ConsistencyProof {
        hashes = List.copyOf(hashes);
    }

    /// Whether the tree with the later root begins with the leaves of that with the earlier one
    /// (RFC 9162, section 2.1.4.2).
    ///
    /// Sizes do not follow from a root: whoever trusts a root must know its size with it.
    public boolean proves(Digest earlierRoot, Digest laterRoot) {
        if (earlier < 0 || earlier > later) {
            return false;
        }
        if (earlier == later) {
            return hashes.isEmpty() && earlierRoot.equals(laterRoot);
        }
        if (earlier == 0) {
            return hashes.isEmpty() && earlierRoot.equals(MerkleTree.emptyRoot());
        }
        boolean complete = Long.bitCount(earlier) == 1;
        if (!complete && hashes.isEmpty()) {
            return false;
        }
        return complete
                ? climb(earlierRoot, hashes, earlierRoot, laterRoot)
                : climb(
                        hashes.getFirst(),
                        hashes.subList(1, hashes.size()),
                        earlierRoot,
                        laterRoot);
    }

    /// Climbs from a subtree that both trees have, the last complete one of the earlier.
    private boolean climb(Digest start, List<Digest> above, Digest earlierRoot, Digest laterRoot) {
        int skipped = Long.numberOfTrailingZeros(earlier);
        long node = (earlier - 1) >> skipped;
        long last = (later - 1) >> skipped;
        Digest before = start;
        Digest after = start;
        for (Digest hash : above) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                before = MerkleTree.node(hash, before);
                after = MerkleTree.node(hash, after);
                int equal = Long.numberOfTrailingZeros(node);
                node >>= equal;
                last >>= equal;
            } else {
                after = MerkleTree.node(after, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && before.equals(earlierRoot) && after.equals(laterRoot);
    }
}
