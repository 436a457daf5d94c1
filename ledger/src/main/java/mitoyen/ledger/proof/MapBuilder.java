package mitoyen.ledger.proof;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import mitoyen.ledger.cbor.ByteString;
import org.jspecify.annotations.Nullable;

/// Makes a [MerkleMap] of entries that come by rising place, as [MerkleMap#forEach] gives them: an
/// entry costs the nodes that it adds, where putting it into a map would copy its whole way.
///
/// @param <V> what the entries hold
public final class MapBuilder<V> {
    private final Function<V, byte[]> encoding;

    /// The branches above the last entry of which only the left side is known, the deepest first.
    private final Deque<Parting<V>> open = new ArrayDeque<>();

    /// The subtree below the deepest of them, with the last entry in it.
    private @Nullable MapNode<V> subtree;

    /// The depth at which that subtree parts; of no meaning where it is a leaf.
    private int depth;

    private MapPlace last = new MapPlace(0, 0, 0, 0);
    private int size;

    /// A builder of a map without entries yet.
    ///
    /// @param encoding the bytes of a value that go into its leaf
    public MapBuilder(Function<V, byte[]> encoding) {
        this.encoding = encoding;
    }

    /// Adds an entry.
    ///
    /// @return whether its place is above that of the entry before it; if not, nothing was added
    public boolean add(ByteString key, V value) {
        return add(new MapNode.Leaf<>(key, MapPlace.of(key), value));
    }

    boolean add(MapNode.Leaf<V> leaf) {
        MapPlace place = leaf.place();
        MapNode<V> before = subtree;
        if (before != null) {
            int parting = last.findParting(place);
            if (parting == MapProof.MAX_DEPTH || !place.isRight(parting)) {
                return false;
            }
            open.push(new Parting<>(lifted(close(before, parting), parting + 1), parting));
        }
        subtree = leaf;
        last = place;
        size = Math.addExact(size, 1);
        return true;
    }

    /// The map of what was added. The builder is of no further use.
    public MerkleMap<V> build() {
        return new MerkleMap<>(encoding, findTop(0).orElse(null), size);
    }

    /// What was added as it hangs at a depth, to which all of it has one way; empty if nothing was.
    Optional<MapNode<V>> findTop(int at) {
        return subtree == null ? Optional.empty() : Optional.of(lifted(close(subtree, -1), at));
    }

    /// Gives the branches below a depth their right sides.
    private MapNode<V> close(MapNode<V> right, int above) {
        MapNode<V> node = right;
        while (!open.isEmpty() && open.element().depth > above) {
            Parting<V> parting = open.pop();
            node = new MapNode.Branch<>(parting.left, lifted(node, parting.depth + 1));
            depth = parting.depth;
        }
        return node;
    }

    /// A subtree as it hangs at a depth: below branches with one side, unless it is a leaf.
    private MapNode<V> lifted(MapNode<V> node, int to) {
        MapNode<V> lifted = node;
        if (node instanceof MapNode.Branch<V>) {
            for (int level = depth - 1; level >= to; level--) {
                lifted =
                        last.isRight(level)
                                ? new MapNode.Branch<>(null, lifted)
                                : new MapNode.Branch<>(lifted, null);
            }
        }
        return lifted;
    }

    /// A branch of which only the left side is known.
    private record Parting<V>(MapNode<V> left, int depth) {}
}
