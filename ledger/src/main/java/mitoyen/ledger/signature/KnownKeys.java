package mitoyen.ledger.signature;

import java.util.Arrays;
import mitoyen.ledger.cbor.ByteString;

/// Ed25519 keys that were found to be of prime order, so that this is found once for each and not
/// with every signature: it costs two native checks of a signature.
///
/// What it remembers changes no answer, only its speed: a key is looked for in one of four places
/// that its own bytes name, and takes one of them where it is new. Any number of threads may share
/// one. They do not wait for each other: an entry is immutable, and whoever misses another's finds
/// out for itself.
final class KnownKeys {
    /// How many keys share their places.
    private static final int WAYS = 4;

    private static final int MOST = 1 << 22;
    private static final ByteString NONE = ByteString.of(new byte[0]);

    private final ByteString[] keys;

    /// Room for keys. Only those that sign take any.
    ///
    /// @param capacity how many [keys], 1 to 4,194,304; about twice as many as sign will do
    /// @throws IllegalArgumentException if it is out of range
    KnownKeys(int capacity) {
        if (capacity < 1 || capacity > MOST) {
            throw new IllegalArgumentException("room for " + capacity + " keys");
        }
        int places = Math.max(capacity, WAYS);
        this.keys = new ByteString[Integer.highestOneBit(places - 1) << 1];
        Arrays.fill(keys, NONE);
    }

    /// Whether a key is of prime order.
    ///
    /// @param key 32 bytes
    boolean isOfPrimeOrder(byte[] key) {
        ByteString sought = ByteString.of(key);
        int first = sought.hashCode() & keys.length - WAYS;
        for (int i = first; i < first + WAYS; i++) {
            if (sought.equals(keys[i])) {
                return true;
            }
        }
        if (!Ed25519.isKey(key)) {
            return false;
        }
        keys[placeFor(sought, first)] = sought;
        return true;
    }

    /// How many are remembered.
    int size() {
        return (int) Arrays.stream(keys).filter(key -> key.length() > 0).count();
    }

    /// An empty place, or the one that the key itself names.
    private int placeFor(ByteString key, int first) {
        for (int i = first; i < first + WAYS; i++) {
            if (keys[i].length() == 0) {
                return i;
            }
        }
        return first + key.at(0) % WAYS;
    }
}
