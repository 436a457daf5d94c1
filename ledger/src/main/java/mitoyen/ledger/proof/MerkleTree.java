package mitoyen.ledger.proof;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import mitoyen.ledger.cbor.ByteString;

/// The Merkle tree of RFC 9162, section 2.1, over a list of leaf hashes that is all at hand.
public final class MerkleTree {
    private static final Digest EMPTY = Sha256.of();

    private MerkleTree() {}

    /// The hash of a leaf: SHA-256(0x00 || parts).
    ///
    /// @param parts the leaf's content, one part behind the other
    public static Digest leafHash(byte[]... parts) {
        return Sha256.of(Sha256.Domain.LOG_LEAF, parts);
    }

    /// The hash of a leaf of two parts, as above.
    public static Digest leafHash(ByteString first, ByteString second) {
        return Sha256.of(Sha256.Domain.LOG_LEAF, first, second);
    }

    /// The tree's root; without leaves the SHA-256 of nothing.
    public static Digest root(List<Digest> leafHashes) {
        MerkleLog log = new MerkleLog();
        leafHashes.forEach(log::append);
        return log.root();
    }

    /// The path that leads from a leaf to the root.
    ///
    /// @param index of the leaf, from 0
    /// @throws IndexOutOfBoundsException if there is no such leaf
    public static InclusionPath path(List<Digest> leafHashes, int index) {
        List<Digest> siblings = new ArrayList<>();
        List<Digest> part = leafHashes;
        int position = Objects.checkIndex(index, leafHashes.size());
        while (part.size() > 1) {
            int split = (int) split(part.size());
            List<Digest> left = part.subList(0, split);
            List<Digest> right = part.subList(split, part.size());
            boolean isLeft = position < split;
            siblings.add(root(isLeft ? right : left));
            part = isLeft ? left : right;
            position = isLeft ? position : position - split;
        }
        return new InclusionPath(index, leafHashes.size(), siblings.reversed());
    }

    /// What proves that a tree began with some of its leaves.
    ///
    /// @param earlier how many leaves it had, from 0 to the length of the list
    /// @throws IndexOutOfBoundsException if there are not so many
    public static ConsistencyProof growth(List<Digest> leafHashes, int earlier) {
        Objects.checkFromToIndex(0, earlier, leafHashes.size());
        List<Digest> hashes = new ArrayList<>();
        List<Digest> part = leafHashes;
        int begun = earlier;
        while (begun > 0 && begun < part.size()) {
            int split = (int) split(part.size());
            List<Digest> left = part.subList(0, split);
            List<Digest> right = part.subList(split, part.size());
            boolean isLeft = begun <= split;
            hashes.add(root(isLeft ? right : left));
            part = isLeft ? left : right;
            begun = isLeft ? begun : begun - split;
        }
        if (begun == part.size() && begun < earlier) {
            hashes.add(root(part));
        }
        return new ConsistencyProof(earlier, leafHashes.size(), hashes.reversed());
    }

    /// How many of so many leaves, at least 2, the left subtree has (LE-12).
    static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }

    static Digest emptyRoot() {
        return EMPTY;
    }

    static Digest node(Digest left, Digest right) {
        return node(left, right, Sha256.algorithm());
    }

    /// The same, worked out with a SHA-256 that has seen nothing yet, as it then has again.
    static Digest node(Digest left, Digest right, MessageDigest sha256) {
        return Sha256.of(Sha256.Domain.LOG_NODE, left, right, sha256);
    }
}
