package mitoyen.ledger.proof;

import mitoyen.ledger.cbor.ByteString;
import org.jspecify.annotations.Nullable;

/// A node of a [MerkleMap]; a subtree without entries is no node at all.
///
/// Its hash is four numbers of its own and not a [Digest]: that halves the memory of a large map,
/// and the time to read a neighbour's hash. It is written once, before a volatile flag: whoever
/// sees the flag sees the hash, and two who compute it write the same.
///
/// @param <V> what the entries hold
abstract sealed class MapNode<V> {
    private long hash0;
    private long hash1;
    private long hash2;
    private long hash3;
    private volatile boolean hashed;

    final boolean isHashed() {
        return hashed;
    }

    /// Remembers the hash, 32 of these bytes from an index on.
    final void hashed(byte[] bytes, int at) {
        hash0 = MapPlace.read(bytes, at);
        hash1 = MapPlace.read(bytes, at + 8);
        hash2 = MapPlace.read(bytes, at + 16);
        hash3 = MapPlace.read(bytes, at + 24);
        hashed = true;
    }

    /// Writes the hash, which must be known, into bytes from an index on.
    final void writeHash(byte[] target, int at) {
        if (!hashed) {
            throw new IllegalStateException("a node that was not hashed");
        }
        MapPlace.write(target, at, hash0, hash1, hash2, hash3);
    }

    final boolean hasHashOf(MapNode<V> other) {
        return hash0 == other.hash0
                && hash1 == other.hash1
                && hash2 == other.hash2
                && hash3 == other.hash3;
    }

    /// The same subtree as a branch or a leaf; null for null.
    static <V> @Nullable MapNode<V> resolved(@Nullable MapNode<V> node) {
        return node instanceof Stored<V> stored ? stored.resolved() : node;
    }

    /// An entry: a subtree that holds nothing else.
    static final class Leaf<V> extends MapNode<V> {
        final ByteString key;
        final V value;
        private final long place0;
        private final long place1;
        private final long place2;
        private final long place3;

        Leaf(ByteString key, MapPlace place, V value) {
            this.key = key;
            this.value = value;
            this.place0 = place.bits0();
            this.place1 = place.bits1();
            this.place2 = place.bits2();
            this.place3 = place.bits3();
        }

        MapPlace place() {
            return new MapPlace(place0, place1, place2, place3);
        }

        boolean isAt(MapPlace place) {
            return place0 == place.bits0()
                    && place1 == place.bits1()
                    && place2 == place.bits2()
                    && place3 == place.bits3();
        }

        /// Whether the way to this leaf goes to the right at a depth.
        boolean isRight(int depth) {
            return place().isRight(depth);
        }

        void writePlace(byte[] target, int at) {
            MapPlace.write(target, at, place0, place1, place2, place3);
        }
    }

    /// A subtree of two entries or more.
    static final class Branch<V> extends MapNode<V> {
        final @Nullable MapNode<V> left;
        final @Nullable MapNode<V> right;

        Branch(@Nullable MapNode<V> left, @Nullable MapNode<V> right) {
            this.left = left;
            this.right = right;
        }

        /// A side as a branch or a leaf.
        @Nullable MapNode<V> child(boolean isRight) {
            return resolved(isRight ? right : left);
        }

        /// A side as it is held: its hash is all that is sure to be at hand.
        @Nullable MapNode<V> side(boolean isRight) {
            return isRight ? right : left;
        }

        /// This branch with another child on one side.
        Branch<V> with(boolean isRight, @Nullable MapNode<V> child) {
            return isRight ? new Branch<>(kept(left), child) : new Branch<>(child, kept(right));
        }

        /// A stored side that was read before is held as what it is, without the step between.
        private static <V> @Nullable MapNode<V> kept(@Nullable MapNode<V> node) {
            return node instanceof Stored<V> stored ? stored.kept() : node;
        }
    }

    /// A subtree that lies elsewhere as bytes, of which the hash is known. It is made of them when
    /// a way first goes through it, and remembered: threads that do so at once make the same.
    static final class Stored<V> extends MapNode<V> {
        private final StoredNodes<V> source;
        private final long from;
        private final long to;
        private final int depth;
        private volatile @Nullable MapNode<V> node;

        /// @param from the first of its bytes
        /// @param to behind the last
        /// @param depth that it hangs at
        /// @param hash bytes that hold its hash from an index on
        Stored(StoredNodes<V> source, long from, long to, int depth, byte[] hash, int at) {
            this.source = source;
            this.from = from;
            this.to = to;
            this.depth = depth;
            hashed(hash, at);
        }

        StoredNodes<V> source() {
            return source;
        }

        long from() {
            return from;
        }

        long to() {
            return to;
        }

        int depth() {
            return depth;
        }

        MapNode<V> resolved() {
            MapNode<V> known = node;
            if (known == null) {
                known = source.read(this);
                node = known;
            }
            return known;
        }

        private MapNode<V> kept() {
            MapNode<V> known = node;
            return known == null ? this : known;
        }

        /// The same, remembered only if it was before: for whoever walks through all of a map.
        MapNode<V> read() {
            MapNode<V> known = node;
            return known == null ? source.read(this) : known;
        }
    }
}
