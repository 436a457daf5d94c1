package mitoyen.ledger.proof;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Hashes the nodes of a [MerkleMap] that were not hashed yet (LE-16), all with one SHA-256 and one
/// array, so that a node costs two runs of its compression and no memory.
///
/// @param <V> what the entries hold
final class MapHasher<V> {
    private static final int LEFT = 1;
    private static final int RIGHT = LEFT + Digest.LENGTH;

    private final MessageDigest sha256 = Sha256.algorithm();
    private final byte[] buffer = new byte[RIGHT + Digest.LENGTH];
    private final Function<V, byte[]> encoding;

    MapHasher(Function<V, byte[]> encoding) {
        this.encoding = encoding;
    }

    /// The hash of a subtree.
    Digest hash(@Nullable MapNode<V> node) {
        if (node == null) {
            return MerkleMap.EMPTY_ROOT;
        }
        byte[] bytes = new byte[Digest.LENGTH];
        hashAll(node);
        node.writeHash(bytes, 0);
        return Digest.of(bytes);
    }

    /// Makes sure that the hash of every node of a subtree is known.
    void hashAll(@Nullable MapNode<V> node) {
        if (node == null || node.isHashed()) {
            return;
        }
        switch (node) {
            case MapNode.Branch<V> branch -> {
                hashAll(branch.left);
                hashAll(branch.right);
                buffer[0] = Sha256.Domain.MAP_NODE.tag();
                write(branch.left, LEFT);
                write(branch.right, RIGHT);
            }
            case MapNode.Leaf<V> leaf -> fill(leaf, encoding.apply(leaf.value));
            case MapNode.Stored<V> _ ->
                    throw new IllegalStateException("a stored node has its hash");
        }
        finish(node);
    }

    /// Hashes a leaf whose value is these bytes.
    void hash(MapNode.Leaf<V> leaf, byte[] value) {
        fill(leaf, value);
        finish(leaf);
    }

    private void fill(MapNode.Leaf<V> leaf, byte[] value) {
        sha256.update(value);
        digestTo(RIGHT);
        buffer[0] = Sha256.Domain.MAP_LEAF.tag();
        leaf.writePlace(buffer, LEFT);
    }

    private void finish(MapNode<V> node) {
        sha256.update(buffer);
        digestTo(0);
        node.hashed(buffer, 0);
    }

    private void write(@Nullable MapNode<V> node, int at) {
        if (node == null) {
            MapPlace.write(buffer, at, 0, 0, 0, 0);
        } else {
            node.writeHash(buffer, at);
        }
    }

    private void digestTo(int at) {
        try {
            sha256.digest(buffer, at, Digest.LENGTH);
        } catch (DigestException impossible) {
            throw new IllegalStateException("there is room for a digest", impossible);
        }
    }
}
