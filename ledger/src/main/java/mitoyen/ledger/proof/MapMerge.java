package mitoyen.ledger.proof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes the tree of a [MerkleMap], many places at once: a branch that several ways share is
/// copied once, where putting one entry after the other would copy it for each.
///
/// @param <V> what the entries hold
final class MapMerge<V> {
    private final List<MapChange<V>> changes;

    /// Those of the changes; none where nothing is gained by looking ahead.
    private final List<MapPlace> places;

    private int grown;

    /// @param changes by rising place, each place once
    /// @param isLarge whether the tree is so [large][MerkleMap#isLarge()] that looking ahead pays
    MapMerge(List<MapChange<V>> changes, boolean isLarge) {
        this.changes = changes;
        this.places =
                isLarge && changes.size() > 1
                        ? changes.stream().map(MapChange::place).toList()
                        : List.of();
    }

    /// The top of a map with all changes; the very same where none changes anything.
    @Nullable MapNode<V> apply(@Nullable MapNode<V> top) {
        lookAhead(top, 0, changes.size(), 0);
        return merge(top, null, false, 0, changes.size(), 0);
    }

    /// How many entries more there are than before; negative where there are fewer.
    int grown() {
        return grown;
    }

    /// A subtree with some of the changes.
    ///
    /// @param above the branch that knows the hash of the subtree, if one does, and on which side
    /// @param from the first of the changes, all of which have one way down to this depth
    /// @param to behind the last
    private @Nullable MapNode<V> merge(
            @Nullable MapNode<V> subtree,
            MapNode.@Nullable Branch<V> above,
            boolean isRight,
            int from,
            int to,
            int depth) {
        if (from == to) {
            return subtree;
        }
        MapNode<V> before = MapNode.resolved(subtree);
        MapNode<V> after =
                switch (before) {
                    case MapNode.Branch<V> branch -> mergeSides(branch, from, to, depth);
                    case MapNode.Leaf<V> leaf -> mergeLeaf(leaf, above, isRight, from, to, depth);
                    case null -> fill(from, to, depth);
                    case MapNode.Stored<V> _ -> throw new IllegalStateException("it was resolved");
                };
        return after == before ? subtree : after;
    }

    private @Nullable MapNode<V> mergeSides(MapNode.Branch<V> branch, int from, int to, int depth) {
        int parting = parting(from, to, depth);
        if (to - from > MapWalk.MANY) {
            lookAhead(branch.left, from, parting, depth + 1);
            lookAhead(branch.right, parting, to, depth + 1);
        }
        MapNode<V> left = merge(branch.left, branch, false, from, parting, depth + 1);
        MapNode<V> right = merge(branch.right, branch, true, parting, to, depth + 1);
        if (left == branch.left && right == branch.right) {
            return branch;
        }
        MapNode<V> alone = findAlone(left, right);
        if (alone != null || (left == null && right == null)) {
            return alone;
        }
        MapNode.Branch<V> changed = new MapNode.Branch<>(left, right);
        if (left == branch.left) {
            changed.copyHash(false, branch, false);
        }
        if (right == branch.right) {
            changed.copyHash(true, branch, true);
        }
        return changed;
    }

    /// Brings near what is changed next.
    private void lookAhead(@Nullable MapNode<V> subtree, int from, int to, int depth) {
        if (!places.isEmpty() && to - from <= MapWalk.MANY) {
            MapWalk.ends(subtree, depth, places.subList(from, to));
        }
    }

    /// The leaf stays as it is, is replaced, goes, or moves down to where its way parts from those
    /// of what is new.
    private @Nullable MapNode<V> mergeLeaf(
            MapNode.Leaf<V> leaf,
            MapNode.@Nullable Branch<V> above,
            boolean isRight,
            int from,
            int to,
            int depth) {
        MapChange<V> first = changes.get(from);
        if (to - from == 1 && leaf.isAt(first.place())) {
            grown -= first.leaf() == null ? 1 : 0;
            return first.leaf();
        }
        boolean goesRight = leaf.isRight(depth);
        int parting = parting(from, to, depth);
        MapNode<V> left =
                goesRight
                        ? fill(from, parting, depth + 1)
                        : merge(leaf, above, isRight, from, parting, depth + 1);
        MapNode<V> right =
                goesRight
                        ? merge(leaf, above, isRight, parting, to, depth + 1)
                        : fill(parting, to, depth + 1);
        MapNode<V> joined = join(left, right);
        if (above != null
                && joined instanceof MapNode.Branch<V> branch
                && branch.side(goesRight) == leaf) {
            branch.copyHash(goesRight, above, isRight);
        }
        return joined;
    }

    /// The subtree of changes alone.
    private @Nullable MapNode<V> fill(int from, int to, int depth) {
        if (from == to) {
            return null;
        }
        if (to - from == 1) {
            MapNode.Leaf<V> leaf = changes.get(from).leaf();
            grown += leaf == null ? 0 : 1;
            return leaf;
        }
        int parting = parting(from, to, depth);
        return join(fill(from, parting, depth + 1), fill(parting, to, depth + 1));
    }

    private static <V> @Nullable MapNode<V> join(
            @Nullable MapNode<V> left, @Nullable MapNode<V> right) {
        MapNode<V> alone = findAlone(left, right);
        return alone != null || (left == null && right == null)
                ? alone
                : new MapNode.Branch<>(left, right);
    }

    /// The one entry of both sides, where there is one only: it hangs where they part.
    private static <V> MapNode.@Nullable Leaf<V> findAlone(
            @Nullable MapNode<V> left, @Nullable MapNode<V> right) {
        if (left != null && right != null) {
            return null;
        }
        return MapNode.resolved(left == null ? right : left) instanceof MapNode.Leaf<V> leaf
                ? leaf
                : null;
    }

    /// The first of some changes whose way goes to the right at a depth.
    private int parting(int from, int to, int depth) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (changes.get(middle).place().isRight(depth)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
