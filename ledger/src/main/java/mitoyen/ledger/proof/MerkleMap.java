package mitoyen.ledger.proof;

import java.util.Optional;
import java.util.function.Function;
import mitoyen.ledger.cbor.ByteString;
import org.jspecify.annotations.Nullable;

/// An immutable map with a root: a sparse Merkle tree over the SHA-256 of its keys (LE-15 to
/// LE-17).
///
/// The tree is as shallow as the keys allow: a subtree with one entry is that entry's leaf. Its
/// shape, and so its root, depend on the entries alone, never on the order in which they came. A
/// changed map shares with the old one all that did not change. A node is hashed when a root is
/// first asked for, so that many changes between two roots cost one hash a node.
///
/// @param <V> what the entries hold
public final class MerkleMap<V> {
    /// The root of a map without entries: 32 bytes of zero.
    public static final Digest EMPTY_ROOT = Digest.of(new byte[Digest.LENGTH]);

    private final Function<V, byte[]> encoding;
    private final @Nullable Node<V> top;

    private MerkleMap(Function<V, byte[]> encoding, @Nullable Node<V> top) {
        this.encoding = encoding;
        this.top = top;
    }

    /// The map without entries.
    ///
    /// @param encoding the bytes of a value that go into its leaf
    public static <V> MerkleMap<V> empty(Function<V, byte[]> encoding) {
        return new MerkleMap<>(encoding, null);
    }

    /// What the map holds under a key.
    public Optional<V> find(ByteString key) {
        Digest path = pathOf(key);
        Node<V> node = top;
        for (int depth = 0; node instanceof Branch<V> branch; depth++) {
            node = bit(path, depth) ? branch.right : branch.left;
        }
        return node instanceof Leaf<V> leaf && leaf.path.equals(path)
                ? Optional.of(leaf.value)
                : Optional.empty();
    }

    /// The map with this entry instead of the one it had under the key, if any.
    public MerkleMap<V> put(ByteString key, V value) {
        Leaf<V> leaf = new Leaf<>(pathOf(key), value);
        return new MerkleMap<>(encoding, put(top, 0, leaf));
    }

    /// The map without the entry under a key, as if it had never been there.
    public MerkleMap<V> remove(ByteString key) {
        return new MerkleMap<>(encoding, remove(top, 0, pathOf(key)));
    }

    /// The root over all entries.
    public Digest root() {
        return hash(top);
    }

    private static Digest pathOf(ByteString key) {
        return Sha256.of(key.toBytes());
    }

    private static boolean bit(Digest path, int depth) {
        return (path.bytes().at(depth / 8) >> (7 - depth % 8) & 1) == 1;
    }

    private static <V> Node<V> put(@Nullable Node<V> node, int depth, Leaf<V> leaf) {
        return switch (node) {
            case null -> leaf;
            case Leaf<V> other when other.path.equals(leaf.path) -> leaf;
            case Leaf<V> other -> put(branchTo(other, depth), depth, leaf);
            case Branch<V> branch when bit(leaf.path, depth) ->
                    new Branch<>(branch.left, put(branch.right, depth + 1, leaf));
            case Branch<V> branch -> new Branch<>(put(branch.left, depth + 1, leaf), branch.right);
        };
    }

    private static <V> @Nullable Node<V> remove(@Nullable Node<V> node, int depth, Digest path) {
        return switch (node) {
            case null -> null;
            case Leaf<V> leaf -> leaf.path.equals(path) ? null : leaf;
            case Branch<V> branch -> {
                boolean right = bit(path, depth);
                Node<V> changed = remove(right ? branch.right : branch.left, depth + 1, path);
                Node<V> other = right ? branch.left : branch.right;
                if (changed == null && (other == null || other instanceof Leaf<V>)) {
                    yield other;
                }
                if (other == null && changed instanceof Leaf<V>) {
                    yield changed;
                }
                yield right ? new Branch<>(other, changed) : new Branch<>(changed, other);
            }
        };
    }

    private static <V> Branch<V> branchTo(Leaf<V> leaf, int depth) {
        return bit(leaf.path, depth) ? new Branch<>(null, leaf) : new Branch<>(leaf, null);
    }

    private Digest hash(@Nullable Node<V> node) {
        return switch (node) {
            case null -> EMPTY_ROOT;
            case Leaf<V> leaf -> leaf.hash(encoding);
            case Branch<V> branch -> {
                Digest known = branch.hash;
                if (known == null) {
                    known =
                            Sha256.of(
                                    Sha256.Domain.MAP_NODE, hash(branch.left), hash(branch.right));
                    branch.hash = known;
                }
                yield known;
            }
        };
    }

    private sealed interface Node<V> {}

    private static final class Leaf<V> implements Node<V> {
        private final Digest path;
        private final V value;
        private @Nullable Digest hash;

        private Leaf(Digest path, V value) {
            this.path = path;
            this.value = value;
        }

        private Digest hash(Function<V, byte[]> encoding) {
            Digest known = hash;
            if (known == null) {
                Digest content = Sha256.of(encoding.apply(value));
                known = Sha256.of(Sha256.Domain.MAP_LEAF, path, content);
                hash = known;
            }
            return known;
        }
    }

    private static final class Branch<V> implements Node<V> {
        private final @Nullable Node<V> left;
        private final @Nullable Node<V> right;
        private @Nullable Digest hash;

        private Branch(@Nullable Node<V> left, @Nullable Node<V> right) {
            this.left = left;
            this.right = right;
        }
    }
}
