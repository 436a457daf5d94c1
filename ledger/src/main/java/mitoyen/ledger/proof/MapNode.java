package mitoyen.ledger.proof;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import mitoyen.ledger.cbor.ByteString;
import org.jspecify.annotations.Nullable;

/// A node of a [MerkleMap]; a subtree without entries is no node at all.
///
/// What a subtree's hash is, the branch above it remembers: so a way through a large map is hashed
/// without touching what hangs beside it, which would be a wait for memory a level.
///
/// @param <V> what the entries hold
abstract sealed class MapNode<V> {
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

    /// A subtree of two entries or more, and the hashes of its sides as far as they are known.
    ///
    /// A hash is four numbers and not a [Digest], which halves the memory of a large map. It is
    /// written before the flag that says it is known: whoever sees the flag sees the hash, and two
    /// who compute it write the same.
    static final class Branch<V> extends MapNode<V> {
        private static final VarHandle KNOWN = known(MethodHandles.lookup());
        private static final int LEFT = 1;
        private static final int RIGHT = 2;

        final @Nullable MapNode<V> left;
        final @Nullable MapNode<V> right;

        /// Which hashes are known: [#LEFT], [#RIGHT], both or none.
        @SuppressWarnings("UnusedVariable") // Read and written through the handle.
        private int known;

        private long left0;
        private long left1;
        private long left2;
        private long left3;
        private long right0;
        private long right1;
        private long right2;
        private long right3;

        Branch(@Nullable MapNode<V> left, @Nullable MapNode<V> right) {
            this.left = left;
            this.right = right;
        }

        /// A side as a branch or a leaf.
        @Nullable MapNode<V> child(boolean isRight) {
            return resolved(isRight ? right : left);
        }

        /// A side as it is held.
        @Nullable MapNode<V> side(boolean isRight) {
            return isRight ? right : left;
        }

        boolean knows(boolean isRight) {
            return (known() & flag(isRight)) != 0;
        }

        boolean knowsBoth() {
            return known() == (LEFT | RIGHT);
        }

        /// Remembers the hash of a side, 32 of these bytes from an index on.
        void learn(boolean isRight, byte[] bytes, int at) {
            set(
                    isRight,
                    MapPlace.read(bytes, at),
                    MapPlace.read(bytes, at + 8),
                    MapPlace.read(bytes, at + 16),
                    MapPlace.read(bytes, at + 24));
            // At once, or of two who learn a side each, one could be forgotten.
            KNOWN.getAndBitwiseOrRelease(this, flag(isRight));
        }

        /// Takes over what another branch knows of one of its sides; before anybody has seen this.
        void copyHash(boolean isRight, Branch<V> from, boolean fromRight) {
            if (from.knows(fromRight)) {
                if (fromRight) {
                    set(isRight, from.right0, from.right1, from.right2, from.right3);
                } else {
                    set(isRight, from.left0, from.left1, from.left2, from.left3);
                }
                known |= flag(isRight);
            }
        }

        /// The hash of a side, which must be known.
        Digest hash(boolean isRight) {
            byte[] bytes = new byte[Digest.LENGTH];
            writeHash(isRight, bytes, 0);
            return Digest.of(bytes);
        }

        /// Writes the hash of a side, which must be known, into bytes from an index on.
        void writeHash(boolean isRight, byte[] target, int at) {
            if (!knows(isRight)) {
                throw new IllegalStateException("a side that was not hashed");
            }
            if (isRight) {
                MapPlace.write(target, at, right0, right1, right2, right3);
            } else {
                MapPlace.write(target, at, left0, left1, left2, left3);
            }
        }

        private void set(boolean isRight, long hash0, long hash1, long hash2, long hash3) {
            if (isRight) {
                right0 = hash0;
                right1 = hash1;
                right2 = hash2;
                right3 = hash3;
            } else {
                left0 = hash0;
                left1 = hash1;
                left2 = hash2;
                left3 = hash3;
            }
        }

        private int known() {
            return (int) KNOWN.getAcquire(this);
        }

        private static VarHandle known(MethodHandles.Lookup lookup) {
            try {
                return lookup.findVarHandle(Branch.class, "known", int.class);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException("the field is there", impossible);
            }
        }

        private static int flag(boolean isRight) {
            return isRight ? RIGHT : LEFT;
        }
    }

    /// A subtree that lies elsewhere as bytes, of which the hash is known. It is made of them when
    /// a way first goes through it, and remembered: threads that do so at once make the same.
    static final class Stored<V> extends MapNode<V> {
        private final StoredNodes<V> source;
        private final long from;
        private final long to;
        private final int depth;
        private final MapPlace hash;
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
            this.hash = MapPlace.at(hash, at);
        }

        /// Its hash: 256 bits, as a place has.
        MapPlace hash() {
            return hash;
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

        /// The same, remembered only if it was before: for whoever walks through all of a map.
        MapNode<V> read() {
            MapNode<V> known = node;
            return known == null ? source.read(this) : known;
        }
    }
}
