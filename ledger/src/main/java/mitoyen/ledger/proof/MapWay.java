package mitoyen.ledger.proof;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way down a [MerkleMap] to a place: the branches it goes through, and what stands at its end.
///
/// @param <V> what the entries hold
final class MapWay<V> {
    private final List<MapNode.Branch<V>> branches = new ArrayList<>(32);
    private final @Nullable MapNode<V> end;

    MapWay(@Nullable MapNode<V> top, MapPlace place) {
        MapNode<V> node = MapNode.resolved(top);
        while (node instanceof MapNode.Branch<V> branch) {
            node = branch.child(place.isRight(branches.size()));
            branches.add(branch);
        }
        this.end = node;
    }

    /// The branches, from the top down.
    List<MapNode.Branch<V>> branches() {
        return branches;
    }

    /// What stands at the end: a leaf, be it that of another place, or nothing.
    @Nullable MapNode<V> end() {
        return end;
    }
}
