package mitoyen.ledger.proof;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way down a [MerkleMap] to a place: the branches it goes through, and what stands at its end.
///
/// @param <V> what the entries hold
final class MapWay<V> {
    private final MapPlace place;
    private final List<MapNode.Branch<V>> branches = new ArrayList<>(32);
    private final @Nullable MapNode<V> end;

    MapWay(@Nullable MapNode<V> top, MapPlace place) {
        this.place = place;
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

    /// Whether the entry of this very place stands at the end.
    boolean isHeld() {
        return end instanceof MapNode.Leaf<V> leaf && leaf.isAt(place);
    }

    /// The top of a map that has this leaf at the place, and all else as it was.
    @Nullable MapNode<V> put(MapNode.Leaf<V> leaf) {
        return rebuilt(
                end instanceof MapNode.Leaf<V> other && !isHeld() ? fork(other, leaf) : leaf);
    }

    /// The top of a map that has nothing at the place, and all else as it was.
    @Nullable MapNode<V> remove() {
        return rebuilt(null);
    }

    /// Branches that lead to two leaves, from the depth of the end down to where they part.
    private MapNode<V> fork(MapNode.Leaf<V> other, MapNode.Leaf<V> leaf) {
        int parting = branches.size();
        while (place.isRight(parting) == other.isRight(parting)) {
            parting++;
        }
        boolean isRight = place.isRight(parting);
        MapNode.Branch<V> both =
                isRight ? new MapNode.Branch<>(other, leaf) : new MapNode.Branch<>(leaf, other);
        if (!branches.isEmpty()) {
            both.copyHash(!isRight, branches.getLast(), place.isRight(branches.size() - 1));
        }
        MapNode<V> node = both;
        for (int depth = parting - 1; depth >= branches.size(); depth--) {
            node =
                    place.isRight(depth)
                            ? new MapNode.Branch<>(null, node)
                            : new MapNode.Branch<>(node, null);
        }
        return node;
    }

    /// The top above another end. What is left of a branch is its one entry, if it has only one.
    private @Nullable MapNode<V> rebuilt(@Nullable MapNode<V> otherEnd) {
        MapNode<V> node = otherEnd;
        for (int depth = branches.size() - 1; depth >= 0; depth--) {
            boolean isRight = place.isRight(depth);
            MapNode.Branch<V> branch = branches.get(depth);
            MapNode<V> beside = node == null ? branch.child(!isRight) : branch.side(!isRight);
            if (node == null && !(beside instanceof MapNode.Branch<V>)) {
                node = beside;
            } else if (beside != null || node instanceof MapNode.Branch<V>) {
                node = branch.with(isRight, node);
            }
        }
        return node;
    }
}
