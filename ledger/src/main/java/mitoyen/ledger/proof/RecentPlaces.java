package mitoyen.ledger.proof;

import mitoyen.ledger.cbor.ByteString;
import org.jspecify.annotations.Nullable;

/// The places of keys that were asked for lately. A transaction looks the same few keys up again
/// and again: who sends, who is paid, the asset; and a lookup costs a tenth of a hash.
///
/// Which places are remembered shows in nothing but speed. Any number of threads may ask: an entry
/// is immutable, and whoever finds another's key in its slot hashes its own.
final class RecentPlaces {
    private static final int SLOTS = 1 << 13;

    /// Longer keys are none of the state's.
    private static final int LONGEST_KEY = 64;

    private static final @Nullable Entry[] ENTRIES = new @Nullable Entry[SLOTS];

    private RecentPlaces() {}

    /// The place of a key.
    static MapPlace of(ByteString key) {
        if (key.length() > LONGEST_KEY) {
            return MapPlace.hashed(key);
        }
        int hash = key.hashCode();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        Entry entry = ENTRIES[slot];
        if (entry != null && entry.key.equals(key)) {
            return entry.place;
        }
        MapPlace place = MapPlace.hashed(key);
        ENTRIES[slot] = new Entry(key, place);
        return place;
    }

    private record Entry(ByteString key, MapPlace place) {}
}
