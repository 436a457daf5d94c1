package mitoyen.ledger.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks down a tree to several places at once, a level at a time. A way through a large map is a
/// chain of waits for memory; together they wait once a level.
final class MapWalk {
    /// For how many places it is of use: what is near is soon pushed out by what comes next.
    static final int MANY = 64;

    private MapWalk() {}

    /// What stands at the ends of the ways to places, in their order: leaves, be they of other
    /// places, or nothing.
    ///
    /// @param top a subtree that has the places, and hangs at a depth
    static <V> List<@Nullable MapNode<V>> ends(
            @Nullable MapNode<V> top, int depth, List<MapPlace> places) {
        List<@Nullable MapNode<V>> nodes = new ArrayList<>(Collections.nCopies(places.size(), top));
        boolean goesOn = true;
        for (int level = depth; goesOn; level++) {
            goesOn = false;
            for (int i = 0; i < nodes.size(); i++) {
                switch (MapNode.resolved(nodes.get(i))) {
                    case MapNode.Branch<V> branch -> {
                        nodes.set(i, branch.side(places.get(i).isRight(level)));
                        goesOn = true;
                    }
                    case MapNode.Leaf<V> leaf -> nodes.set(i, leaf);
                    case MapNode.Stored<V> _ -> throw new IllegalStateException("it was resolved");
                    case null -> {}
                }
            }
        }
        return nodes;
    }
}
