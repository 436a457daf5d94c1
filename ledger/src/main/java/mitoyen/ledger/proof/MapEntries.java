package mitoyen.ledger.proof;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The entries of a [MerkleMap] in the order of their places.
///
/// @param <V> what the entries hold
final class MapEntries<V> implements Iterator<MerkleMap.Entry<V>> {
    /// Subtrees that are still to come, the nearest first; at most one a level.
    private final Deque<MapNode<V>> ahead = new ArrayDeque<>();

    /// How many entries are still to come. Of a map that is stored no hash says how many it has.
    private int left;

    /// @param size how many entries the map is said to have
    MapEntries(@Nullable MapNode<V> top, int size) {
        this.left = size;
        push(top);
    }

    /// The first entry of a subtree.
    static <V> MapNode.Leaf<V> first(MapNode<V> top) {
        return new MapEntries<>(top, 1).nextLeaf();
    }

    @Override
    public boolean hasNext() {
        if (ahead.isEmpty() && left != 0) {
            throw new DamagedBytesException("a stored map has fewer entries than it says");
        }
        return !ahead.isEmpty();
    }

    @Override
    public MerkleMap.Entry<V> next() {
        if (ahead.isEmpty()) {
            throw new NoSuchElementException("no further entry");
        }
        if (left == 0) {
            throw new DamagedBytesException("a stored map has more entries than it says");
        }
        left--;
        return entry(nextLeaf());
    }

    private static <V> MerkleMap.Entry<V> entry(MapNode.Leaf<V> leaf) {
        return new MerkleMap.Entry<>(leaf.key, leaf.value);
    }

    private MapNode.Leaf<V> nextLeaf() {
        while (true) {
            switch (ahead.pop()) {
                case MapNode.Branch<V> branch -> {
                    push(branch.right);
                    push(branch.left);
                }
                case MapNode.Stored<V> stored -> push(stored.read());
                case MapNode.Leaf<V> leaf -> {
                    return leaf;
                }
            }
        }
    }

    private void push(@Nullable MapNode<V> node) {
        if (node != null) {
            ahead.push(node);
        }
    }
}
