package mitoyen.ledger.proof;

import java.util.ArrayList;
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

/// A map with a root: a sparse Merkle tree over the SHA-256 of its keys (LE-15 to LE-17). It is
/// immutable, unless it was [drafted][MapMode#DRAFTED].
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

    /// How many entries fill more than the caches that a processor has for itself.
    private static final int LARGE = 1 << 11;

    private final Function<V, byte[]> encoding;
    private final @Nullable MapNode<V> top;
    private final int size;

    /// What was changed beside the tree; null where the map is shared.
    private final @Nullable MapDraft<V> draft;

    /// That of the draft when this was made: only who holds the newest may use it.
    private final int stamp;

    /// Worked out when it is first asked for; two threads that do so at once come to the same.
    private @Nullable Digest root;

    MerkleMap(Function<V, byte[]> encoding, @Nullable MapNode<V> top, int size) {
        this.encoding = encoding;
        this.top = top;
        this.size = size;
        this.draft = null;
        this.stamp = 0;
    }

    private MerkleMap(Function<V, byte[]> encoding, MapDraft<V> draft) {
        this.encoding = encoding;
        this.top = null;
        this.size = 0;
        this.draft = draft;
        this.stamp = draft.stamp();
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

    /// The map with these entries that takes changes in a way. Of a map that is not shared, what
    /// has an order or a root is asked for only once it is [shared][MapMode#SHARED] again.
    public MerkleMap<V> in(MapMode mode) {
        MapDraft<V> current = findDraft();
        return switch (mode) {
            case SHARED -> current == null ? this : current.settle();
            case DRAFTED -> current == null ? new MerkleMap<>(encoding, MapDraft.of(this)) : this;
            case TRIED ->
                    current == null ? this : new MerkleMap<>(encoding, MapDraft.over(current));
        };
    }

    /// The draft; null where the map is shared.
    ///
    /// @throws IllegalStateException if this is how a map was before it changed in place
    private @Nullable MapDraft<V> findDraft() {
        if (draft != null && draft.stamp() != stamp) {
            throw new IllegalStateException("a map that was changed since");
        }
        return draft;
    }

    /// Writes down the nodes of the map (LE-194): the same bytes on every machine with the same
    /// entries. What is stored already and was not changed is copied unread.
    ///
    /// @return how many bytes that were
    public long store(StoredSink sink) {
        requireShared();
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
        MapDraft<V> current = findDraft();
        return current == null ? size : current.size();
    }

    /// What the map holds under a key.
    public Optional<V> find(ByteString key) {
        MapDraft<V> current = findDraft();
        if (current != null) {
            return current.find(key);
        }
        MapNode.Leaf<V> leaf = findLeaf(MapPlace.of(key));
        return leaf == null ? Optional.empty() : Optional.of(leaf.value);
    }

    /// The entry that the tree holds at a place.
    MapNode.@Nullable Leaf<V> findLeaf(MapPlace place) {
        MapNode<V> node = MapNode.resolved(top);
        for (int depth = 0; node instanceof MapNode.Branch<V> branch; depth++) {
            node = branch.child(place.isRight(depth));
        }
        return leafAt(node, place);
    }

    /// The entries that the tree holds at places, in their order; null where there is none.
    List<MapNode.@Nullable Leaf<V>> findLeaves(List<MapPlace> places) {
        List<MapNode.@Nullable Leaf<V>> found = new ArrayList<>(places.size());
        List<@Nullable MapNode<V>> ends = MapWalk.ends(top, 0, places);
        for (int i = 0; i < places.size(); i++) {
            found.add(leafAt(ends.get(i), places.get(i)));
        }
        return found;
    }

    /// Whether the tree may be too large to be near all of it, so that it is of use to look ahead.
    public boolean isLarge() {
        return size() >= LARGE;
    }

    /// Looks up together what a drafted map will be asked for soon. Changes nothing but the speed.
    public void lookAhead(List<ByteString> keys) {
        MapDraft<V> current = findDraft();
        if (current != null) {
            current.lookAhead(keys);
        }
    }

    /// The map with this entry instead of the one it had under the key, if any.
    public MerkleMap<V> put(ByteString key, V value) {
        MapDraft<V> current = findDraft();
        if (current == null) {
            MapPlace place = MapPlace.of(key);
            return with(List.of(new MapChange<>(place, new MapNode.Leaf<>(key, place, value))));
        }
        current.put(key, value);
        return new MerkleMap<>(encoding, current);
    }

    /// The map without the entry it had under the key, if any: the same as one that never had it.
    public MerkleMap<V> remove(ByteString key) {
        MapDraft<V> current = findDraft();
        if (current == null) {
            return with(List.of(new MapChange<>(MapPlace.of(key), null)));
        }
        current.remove(key);
        return new MerkleMap<>(encoding, current);
    }

    /// A shared map with changes.
    ///
    /// @param changes by rising place, each place once
    MerkleMap<V> with(List<MapChange<V>> changes) {
        MapMerge<V> merge = new MapMerge<>(changes, isLarge());
        MapNode<V> changed = merge.apply(top);
        return changed == top
                ? this
                : new MerkleMap<>(encoding, changed, Math.addExact(size, merge.grown()));
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
        requireShared();
        return new MapHasher<>(encoding).hash(top);
    }

    /// The first place at which this map, the first of two, has another entry than the other; empty
    /// where both hold the same. What both have in common is passed over by its hash, so that it
    /// takes a way through both trees.
    public <W> Optional<MapDifference> findDifference(MerkleMap<W> other) {
        hashAll();
        other.hashAll();
        return new MapComparison<>(encoding, other.encoding).find(top, other.top, 0);
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
        entries().forEachRemaining(entry -> action.accept(entry.key(), entry.value()));
    }

    /// Gives each key to an action with the bytes of its value that go into the leaf, in the order
    /// of places.
    public void forEachEncoded(BiConsumer<ByteString, byte[]> action) {
        forEach((key, value) -> action.accept(key, encoding.apply(value)));
    }

    /// The entries in the order of places, walked to as they are asked for. How many they are it
    /// does not say beforehand: of a map that is stored, whoever gathers them would make room for
    /// as many as somebody else declared.
    public Stream<Entry<V>> stream() {
        int traits = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(entries(), traits), false);
    }

    private MapEntries<V> entries() {
        requireShared();
        return new MapEntries<>(top, size);
    }

    private void requireShared() {
        if (draft != null) {
            throw new IllegalStateException("a map that is in draft");
        }
    }

    private static <V> MapNode.@Nullable Leaf<V> leafAt(@Nullable MapNode<V> end, MapPlace place) {
        return end instanceof MapNode.Leaf<V> leaf && leaf.isAt(place) ? leaf : null;
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
