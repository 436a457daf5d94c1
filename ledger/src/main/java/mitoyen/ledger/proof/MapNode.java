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

    /// Remembers the hash, the first 32 of these bytes.
    final void hashed(byte[] bytes) {
        hash0 = MapPlace.read(bytes, 0);
        hash1 = MapPlace.read(bytes, 8);
        hash2 = MapPlace.read(bytes, 16);
        hash3 = MapPlace.read(bytes, 24);
        hashed = true;
    }

    /// Writes the hash, which must be known, into bytes from an index on.
    final void writeHash(byte[] target, int at) {
        if (!hashed) {
            throw new IllegalStateException("a node that was not hashed");
        }
        MapPlace.write(target, at, hash0, hash1, hash2, hash3);
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

        boolean isAt(MapPlace place) {
            return place0 == place.bits0()
                    && place1 == place.bits1()
                    && place2 == place.bits2()
                    && place3 == place.bits3();
        }

        /// Whether the way to this leaf goes to the right at a depth.
        boolean isRight(int depth) {
            return new MapPlace(place0, place1, place2, place3).isRight(depth);
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

        @Nullable MapNode<V> child(boolean isRight) {
            return isRight ? right : left;
        }

        /// This branch with another child on one side.
        Branch<V> with(boolean isRight, @Nullable MapNode<V> child) {
            return isRight ? new Branch<>(left, child) : new Branch<>(child, right);
        }
    }
}
