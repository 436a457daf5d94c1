package mitoyen.ledger.proof;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Two trees walked side by side, from left to right, to the first place where they differ. Where
/// they have a subtree of the same hash in common, nothing of it is read.
///
/// @param <A> what the entries of the first hold
/// @param <B> what those of the second hold
final class MapComparison<A, B> {
    private final Function<A, byte[]> firstEncoding;
    private final Function<B, byte[]> secondEncoding;
    private final MapHasher<A> firstHasher;
    private final MapHasher<B> secondHasher;

    MapComparison(Function<A, byte[]> firstEncoding, Function<B, byte[]> secondEncoding) {
        this.firstEncoding = firstEncoding;
        this.secondEncoding = secondEncoding;
        this.firstHasher = new MapHasher<>(firstEncoding);
        this.secondHasher = new MapHasher<>(secondEncoding);
    }

    /// The first difference of two subtrees at one place.
    ///
    /// @param depth that they hang at
    Optional<MapDifference> find(@Nullable MapNode<A> one, @Nullable MapNode<B> other, int depth) {
        if (one == null || other == null) {
            if (one != null) {
                return Optional.of(onlyFirst(MapEntries.first(one)));
            }
            return other == null
                    ? Optional.empty()
                    : Optional.of(onlySecond(MapEntries.first(other)));
        }
        if (firstHasher.hashOf(one).equals(secondHasher.hashOf(other))) {
            return Optional.empty();
        }
        MapNode<A> here = read(one);
        MapNode<B> there = read(other);
        if (here instanceof MapNode.Leaf<A> mine && there instanceof MapNode.Leaf<B> theirs) {
            return Optional.of(compare(mine, theirs));
        }
        return find(side(here, false, depth), side(there, false, depth), depth + 1)
                .or(() -> find(side(here, true, depth), side(there, true, depth), depth + 1));
    }

    private MapDifference compare(MapNode.Leaf<A> mine, MapNode.Leaf<B> theirs) {
        int order = mine.place().compareTo(theirs.place());
        if (order == 0) {
            return new MapDifference(
                    mine.key, onlyFirst(mine).first(), onlySecond(theirs).second());
        }
        return order < 0 ? onlyFirst(mine) : onlySecond(theirs);
    }

    private MapDifference onlyFirst(MapNode.Leaf<A> leaf) {
        Digest value = Sha256.of(firstEncoding.apply(leaf.value));
        return new MapDifference(leaf.key, Optional.of(value), Optional.empty());
    }

    private MapDifference onlySecond(MapNode.Leaf<B> leaf) {
        Digest value = Sha256.of(secondEncoding.apply(leaf.value));
        return new MapDifference(leaf.key, Optional.empty(), Optional.of(value));
    }

    private static <V> MapNode<V> read(MapNode<V> node) {
        return node instanceof MapNode.Stored<V> stored ? stored.read() : node;
    }

    /// A side of a subtree; an entry that is all of one is all of the side that it lies on.
    private static <V> @Nullable MapNode<V> side(MapNode<V> node, boolean isRight, int depth) {
        return switch (node) {
            case MapNode.Branch<V> branch -> branch.side(isRight);
            case MapNode.Leaf<V> leaf -> leaf.isRight(depth) == isRight ? leaf : null;
            case MapNode.Stored<V> _ -> throw new IllegalStateException("a subtree that was read");
        };
    }
}
