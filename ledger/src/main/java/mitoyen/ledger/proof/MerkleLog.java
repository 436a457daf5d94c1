package mitoyen.ledger.proof;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// A growing tree of RFC 9162 in its compact form: the roots of its complete subtrees, one for each
/// bit of its size, so that appending and the root take a logarithm of steps.
public final class MerkleLog {
    /// Roots of complete subtrees, the largest first.
    private final List<Digest> peaks = new ArrayList<>();

    private final MessageDigest sha256 = Sha256.algorithm();
    private long size;

    /// Adds a leaf at the end.
    public void append(Digest leafHash) {
        Digest hash = leafHash;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            hash = MerkleTree.node(peaks.removeLast(), hash, sha256);
        }
        peaks.add(hash);
        size = Math.addExact(size, 1);
    }

    /// How many leaves there are.
    public long size() {
        return size;
    }

    /// The root over all leaves; without any the SHA-256 of nothing.
    public Digest root() {
        if (peaks.isEmpty()) {
            return MerkleTree.emptyRoot();
        }
        Digest root = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = MerkleTree.node(peaks.get(i), root);
        }
        return root;
    }
}
