package mitoyen.ledger.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import mitoyen.ledger.cbor.ByteString;
import org.jspecify.annotations.Nullable;

/// An immutable map with a root: a sparse Merkle tree over the SHA-256 of its keys (LE-15 to
/// LE-17).
///
/// The tree is as shallow as the keys allow: a subtree with one entry is that entry's leaf. Its
/// shape, and so its root, depend on the entries alone, never on the order in which they came or on
/// what was removed. A changed map shares with the old one all that did not change. A node is
/// hashed when a root is first asked for, so that many changes between two roots cost one hash a
/// node.
///
/// @param <V> what the entries hold
public final class MerkleMap<V> {
    /// The root of a map without entries: 32 bytes of zero.
    public static final Digest EMPTY_ROOT = Digest.of(new byte[Digest.LENGTH]);

    private final Function<V, byte[]> encoding;
    private final @Nullable MapNode<V> top;
    private final int size;

    /// Worked out when it is first asked for; two threads that do so at once come to the same.
    private @Nullable Digest root;

    MerkleMap(Function<V, byte[]> encoding, @Nullable MapNode<V> top, int size) {
        this.encoding = encoding;
        this.top = top;
        this.size = size;
    }

    /// An entry of the map.
    ///
    /// @param key as it was put
    public record Entry<V>(ByteString key, V value) {}

    /// The map without entries.
    ///
    /// @param encoding the bytes of a value that go into its leaf
    public static <V> MerkleMap<V> empty(Function<V, byte[]> encoding) {
        return new MerkleMap<>(encoding, null, 0);
    }

    /// The map that [#store] wrote somewhere. Of its nodes those are read that a key's way goes
    /// through, each held against its hash: whatever asks the map, or changes it, throws
    /// [DamagedBytesException] where the bytes are not what the root says.
    ///
    /// @param root over all entries, which whoever calls this must know from elsewhere
    /// @param size how many entries there are, which no hash says; [#requireWhole] counts them
    /// @param from the first of its bytes
    /// @param to behind the last; the same for a map without entries
    public static <V> MerkleMap<V> stored(
            StoredForm<V> form, Digest root, int size, StoredBytes bytes, long from, long to) {
        MapNode<V> top =
                from == to
                        ? null
                        : new MapNode.Stored<>(
                                new StoredNodes<>(form, bytes), from, to, 0, root.toBytes(), 0);
        return new MerkleMap<>(form.encoding(), top, size);
    }

    /// Writes down the nodes of the map (LE-194): the same bytes on every machine with the same
    /// entries. What is stored already and was not changed is copied unread.
    ///
    /// @return how many bytes that were
    public long store(StoredSink sink) {
        if (top == null) {
            return 0;
        }
        hashAll();
        return new StoredWriter<V>(encoding, sink).write(top);
    }

    /// Reads all entries, so that those that are stored are held against their hashes, and counts
    /// them.
    ///
    /// @throws DamagedBytesException if bytes are not what the root says, or if there are more or
    ///   fewer entries than the map is said to have
    public void requireWhole() {
        forEach((_, _) -> {});
    }

    /// How many entries there are.
    public int size() {
        return size;
    }

    /// What the map holds under a key.
    public Optional<V> find(ByteString key) {
        MapPlace place = MapPlace.of(key);
        MapNode<V> node = MapNode.resolved(top);
        for (int depth = 0; node instanceof MapNode.Branch<V> branch; depth++) {
            node = branch.child(place.isRight(depth));
        }
        return node instanceof MapNode.Leaf<V> leaf && leaf.isAt(place)
                ? Optional.of(leaf.value)
                : Optional.empty();
    }

    /// Walks to keys that will be asked for soon, down all their ways at once, a level at a time. A
    /// way through a large map is a chain of waits for memory; together they wait once a level. It
    /// changes nothing but what is near at hand.
    public void lookAhead(List<ByteString> keys) {
        List<MapPlace> places = keys.stream().map(MapPlace::of).toList();
        List<@Nullable MapNode<V>> nodes = new ArrayList<>(Collections.nCopies(keys.size(), top));
        boolean goesOn = !keys.isEmpty();
        for (int depth = 0; goesOn; depth++) {
            goesOn = false;
            for (int i = 0; i < nodes.size(); i++) {
                if (MapNode.resolved(nodes.get(i)) instanceof MapNode.Branch<V> branch) {
                    nodes.set(i, branch.side(places.get(i).isRight(depth)));
                    goesOn = true;
                }
            }
        }
    }

    /// The map with this entry instead of the one it had under the key, if any.
    public MerkleMap<V> put(ByteString key, V value) {
        MapPlace place = MapPlace.of(key);
        MapWay<V> way = new MapWay<>(top, place);
        MapNode<V> changed = way.put(new MapNode.Leaf<>(key, place, value));
        return new MerkleMap<>(encoding, changed, Math.addExact(size, way.isHeld() ? 0 : 1));
    }

    /// The map without the entry it had under the key, if any: the same as one that never had it.
    public MerkleMap<V> remove(ByteString key) {
        MapWay<V> way = new MapWay<>(top, MapPlace.of(key));
        return way.isHeld() ? new MerkleMap<>(encoding, way.remove(), size - 1) : this;
    }

    /// The root over all entries.
    public Digest root() {
        Digest known = root;
        if (known == null) {
            known = hashAll();
            root = known;
        }
        return known;
    }

    /// Makes sure that this thread sees the hash of every side.
    private Digest hashAll() {
        return new MapHasher<>(encoding).hash(top);
    }

    /// What proves that the map holds, or does not hold, an entry under a key (LE-17).
    public MapProof prove(ByteString key) {
        hashAll();
        MapPlace place = MapPlace.of(key);
        MapWay<V> way = new MapWay<>(top, place);
        List<Digest> beside = new ArrayList<>();
        for (MapNode.Branch<V> branch : way.branches()) {
            beside.add(branch.hash(!place.isRight(beside.size())));
        }
        return MapProof.of(beside, endAt(way.end(), place));
    }

    /// Gives each entry to an action, in the order of places (LE-15): the same on every machine,
    /// whatever the order in which they came.
    public void forEach(BiConsumer<ByteString, V> action) {
        new MapEntries<>(top, size)
                .forEachRemaining(entry -> action.accept(entry.key(), entry.value()));
    }

    /// Gives each key to an action with the bytes of its value that go into the leaf, in the order
    /// of places.
    public void forEachEncoded(BiConsumer<ByteString, byte[]> action) {
        forEach((key, value) -> action.accept(key, encoding.apply(value)));
    }

    /// The entries in the order of places, walked to as they are asked for.
    public Stream<Entry<V>> stream() {
        int traits = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.IMMUTABLE;
        return StreamSupport.stream(
                Spliterators.spliterator(new MapEntries<>(top, size), size, traits), false);
    }

    private MapProof.End endAt(@Nullable MapNode<V> node, MapPlace place) {
        return switch (node) {
            case null -> new MapProof.Nothing();
            case MapNode.Leaf<V> leaf when leaf.isAt(place) ->
                    new MapProof.Held(ByteString.of(encoding.apply(leaf.value)));
            case MapNode.Leaf<V> leaf ->
                    new MapProof.Other(
                            Sha256.of(leaf.key.toBytes()), Sha256.of(encoding.apply(leaf.value)));
            case MapNode.Branch<V> _, MapNode.Stored<V> _ ->
                    throw new IllegalStateException("a way that ends at a branch");
        };
    }
}
