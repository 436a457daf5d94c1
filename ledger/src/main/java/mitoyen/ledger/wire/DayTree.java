package mitoyen.ledger.wire;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.InclusionPath;
import mitoyen.ledger.proof.MerkleTree;

/// The tree over one day's leaves: of every member with a meter that day, in the order of the terms
/// (LE-83).
public final class DayTree {
    private final List<DayLeaf> leaves;
    private final List<Digest> hashes;

    /// The tree over these leaves, by rising member.
    public DayTree(List<DayLeaf> leaves) {
        this.leaves = List.copyOf(leaves);
        this.hashes = this.leaves.stream().map(DayLeaf::hash).toList();
    }

    /// The leaves, by rising member.
    public List<DayLeaf> leaves() {
        return leaves;
    }

    /// What goes on the ledger.
    public Digest root() {
        return MerkleTree.root(hashes);
    }

    /// The path that proves to a member that his leaf is under the root; empty if he had no meter
    /// that day.
    public Optional<InclusionPath> findPath(int member) {
        for (int i = 0; i < leaves.size(); i++) {
            if (leaves.get(i).member() == member) {
                return Optional.of(MerkleTree.path(hashes, i));
            }
        }
        return Optional.empty();
    }
}
