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

    MapEntries(@Nullable MapNode<V> top) {
        push(top);
    }

    @Override
    public boolean hasNext() {
        return !ahead.isEmpty();
    }

    @Override
    public MerkleMap.Entry<V> next() {
        if (ahead.isEmpty()) {
            throw new NoSuchElementException("no further entry");
        }
        MapNode<V> node = ahead.pop();
        while (node instanceof MapNode.Branch<V> branch) {
            push(branch.right);
            push(branch.left);
            node = ahead.pop();
        }
        MapNode.Leaf<V> leaf = (MapNode.Leaf<V>) node;
        return new MerkleMap.Entry<>(leaf.key, leaf.value);
    }

    private void push(@Nullable MapNode<V> node) {
        if (node != null) {
            ahead.push(node);
        }
    }
}
