package mitoyen.ledger.proof;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;
import org.jspecify.annotations.Nullable;

/// What of a map was looked up or changed since it was [drafted][MapMode#DRAFTED], beside its tree.
///
/// A block asks for the same few entries again and again, and changes some of them several times.
/// So each is walked to once, and the tree is changed once, by all changes together.
///
/// Keys that others chose may all fall into one slot: what is crowded there lies in a sorted map.
///
/// @param <V> what the entries hold
final class MapDraft<V> {
    private static final int FIRST_SLOTS = 16;

    /// How many entries of a slot are looked through one by one.
    private static final int LONGEST_CHAIN = 8;

    private final MessageDigest sha256;
    private final @Nullable MapDraft<V> below;
    private MerkleMap<V> base;
    private @Nullable Held<V>[] slots = slots(FIRST_SLOTS);
    private final SortedMap<ByteString, Held<V>> crowded = new TreeMap<>();
    private int count;
    private int size;
    private int stamp;
    private int settled;

    private MapDraft(@Nullable MapDraft<V> below, MerkleMap<V> base, int size) {
        this.below = below;
        this.sha256 = below == null ? Sha256.algorithm() : below.sha256;
        this.base = base;
        this.size = size;
    }

    /// The draft of a shared map.
    static <V> MapDraft<V> of(MerkleMap<V> map) {
        return new MapDraft<>(null, map, map.size());
    }

    /// A draft on top of another one, which is not changed.
    static <V> MapDraft<V> over(MapDraft<V> below) {
        return new MapDraft<>(below, below.base, below.size);
    }

    /// A number that is another one after each change, here or below: by it whoever looks at what
    /// was before a change is found out.
    int stamp() {
        return below == null ? stamp : stamp + below.stamp();
    }

    int size() {
        return size;
    }

    Optional<V> find(ByteString key) {
        return size == 0 ? Optional.empty() : hold(key).value;
    }

    void put(ByteString key, V value) {
        Held<V> held = hold(key);
        size = Math.addExact(size, held.value.isPresent() ? 0 : 1);
        stamp++;
        held.change(Optional.of(value));
    }

    void remove(ByteString key) {
        Held<V> held = hold(key);
        if (held.value.isPresent()) {
            size--;
            stamp++;
            held.change(Optional.empty());
        }
    }

    /// Looks keys up that will be asked for, all together.
    void lookAhead(List<ByteString> keys) {
        if (below != null) {
            below.lookAhead(keys);
            return;
        }
        List<ByteString> unknown = new ArrayList<>();
        List<MapPlace> places = new ArrayList<>();
        for (ByteString key : keys) {
            if (findHeld(key) == null) {
                unknown.add(key);
                places.add(MapPlace.of(key, sha256));
            }
        }
        List<MapNode.@Nullable Leaf<V>> found = base.findLeaves(places);
        for (int i = 0; i < found.size(); i++) {
            ByteString key = unknown.get(i);
            if (findHeld(key) == null) {
                insert(new Held<>(key, places.get(i), found.get(i)));
            }
        }
    }

    /// The map with all changes, which is never changed. The draft goes on from there.
    ///
    /// @throws IllegalStateException if it lies on top of another one
    MerkleMap<V> settle() {
        if (below != null) {
            throw new IllegalStateException("what was tried is not kept");
        }
        if (stamp == settled) {
            return base;
        }
        settled = stamp;
        List<MapChange<V>> changes = new ArrayList<>();
        for (Held<V> slot : slots) {
            for (Held<V> held = slot; held != null; held = held.next) {
                held.addChange(changes);
            }
        }
        crowded.values().forEach(held -> held.addChange(changes));
        changes.sort(Comparator.comparing(MapChange::place));
        base = base.with(changes);
        slots = slots(FIRST_SLOTS);
        crowded.clear();
        count = 0;
        return base;
    }

    /// What is known under a key, looked up if it was not yet.
    private Held<V> hold(ByteString key) {
        Held<V> known = findHeld(key);
        return known == null ? insert(lookUp(key)) : known;
    }

    private Held<V> lookUp(ByteString key) {
        if (below == null) {
            MapPlace place = MapPlace.of(key, sha256);
            return new Held<>(key, place, base.findLeaf(place));
        }
        return new Held<>(below.hold(key));
    }

    private @Nullable Held<V> findHeld(ByteString key) {
        int hash = key.hashCode();
        for (Held<V> held = slots[slot(hash)]; held != null; held = held.next) {
            if (held.hash == hash && held.key.equals(key)) {
                return held;
            }
        }
        return crowded.isEmpty() ? null : crowded.get(key);
    }

    private Held<V> insert(Held<V> held) {
        if (count >= slots.length) {
            grow();
        }
        int slot = slot(held.hash);
        int chain = 0;
        for (Held<V> other = slots[slot]; other != null; other = other.next) {
            chain++;
        }
        if (chain >= LONGEST_CHAIN) {
            crowded.put(held.key, held);
        } else {
            held.next = slots[slot];
            slots[slot] = held;
            count++;
        }
        return held;
    }

    private void grow() {
        @Nullable Held<V>[] before = slots;
        slots = slots(2 * before.length);
        for (Held<V> first : before) {
            Held<V> held = first;
            while (held != null) {
                Held<V> next = held.next;
                int slot = slot(held.hash);
                held.next = slots[slot];
                slots[slot] = held;
                held = next;
            }
        }
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 16) & slots.length - 1;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of a generic type.
    private static <V> @Nullable Held<V>[] slots(int length) {
        return new Held[length];
    }

    /// What is held under a key.
    private static final class Held<V> {
        final ByteString key;
        final int hash;
        Optional<V> value;
        @Nullable Held<V> next;
        private final MapPlace place;
        private boolean isChanged;

        /// @param leaf what the tree holds at the place
        Held(ByteString key, MapPlace place, MapNode.@Nullable Leaf<V> leaf) {
            // The old key is old memory, which a new entry may share.
            this.key = leaf == null ? key : leaf.key;
            this.hash = key.hashCode();
            this.place = place;
            this.value = leaf == null ? Optional.empty() : Optional.of(leaf.value);
        }

        Held(Held<V> lower) {
            this.key = lower.key;
            this.hash = lower.hash;
            this.place = lower.place;
            this.value = lower.value;
        }

        void change(Optional<V> other) {
            value = other;
            isChanged = true;
        }

        void addChange(List<MapChange<V>> changes) {
            if (isChanged) {
                MapNode.Leaf<V> leaf =
                        value.isPresent() ? new MapNode.Leaf<>(key, place, value.get()) : null;
                changes.add(new MapChange<>(place, leaf));
            }
        }
    }
}
