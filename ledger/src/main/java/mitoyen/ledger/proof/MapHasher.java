package mitoyen.ledger.proof;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Hashes the nodes of a [MerkleMap] whose hashes are not known yet (LE-16), all with one SHA-256
/// and one array, so that a node costs two runs of its compression and no memory.
///
/// @param <V> what the entries hold
final class MapHasher<V> {
    private static final int LEFT = 1;
    private static final int RIGHT = LEFT + Digest.LENGTH;

    private final MessageDigest sha256 = Sha256.algorithm();

    /// What is hashed next; then, at its beginning, the hash.
    private final byte[] buffer = new byte[RIGHT + Digest.LENGTH];

    private final Function<V, byte[]> encoding;

    MapHasher(Function<V, byte[]> encoding) {
        this.encoding = encoding;
    }

    /// The hash of a subtree; from then on its branches know those of their sides.
    Digest hash(@Nullable MapNode<V> node) {
        return node == null ? MerkleMap.EMPTY_ROOT : hashOf(node).toDigest();
    }

    /// The same as a number.
    MapPlace hashOf(MapNode<V> node) {
        compute(node);
        return MapPlace.at(buffer, 0);
    }

    private void compute(@Nullable MapNode<V> node) {
        switch (node) {
            case null -> MapPlace.write(buffer, 0, 0, 0, 0, 0);
            case MapNode.Stored<V> stored -> stored.hash().write(buffer, 0);
            case MapNode.Leaf<V> leaf -> {
                sha256.update(encoding.apply(leaf.value));
                digestTo(RIGHT);
                buffer[0] = Sha256.Domain.MAP_LEAF.tag();
                leaf.writePlace(buffer, LEFT);
                finish();
            }
            case MapNode.Branch<V> branch -> {
                if (!branch.knowsBoth()) {
                    learn(branch, false);
                    learn(branch, true);
                }
                buffer[0] = Sha256.Domain.MAP_NODE.tag();
                branch.writeHash(false, buffer, LEFT);
                branch.writeHash(true, buffer, RIGHT);
                finish();
            }
        }
    }

    private void learn(MapNode.Branch<V> branch, boolean isRight) {
        if (!branch.knows(isRight)) {
            compute(branch.side(isRight));
            branch.learn(isRight, buffer, 0);
        }
    }

    private void finish() {
        sha256.update(buffer);
        digestTo(0);
    }

    private void digestTo(int at) {
        try {
            sha256.digest(buffer, at, Digest.LENGTH);
        } catch (DigestException impossible) {
            throw new IllegalStateException("there is room for a digest", impossible);
        }
    }
}
