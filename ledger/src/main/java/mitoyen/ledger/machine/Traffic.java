package mitoyen.ledger.machine;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MapMode;
import mitoyen.ledger.proof.MerkleMap;
import org.pcollections.TreePMap;

/// What was sent: the lanes and buckets of accounts, and the ids of transactions that have not
/// expired (LE-91 to LE-94). Immutable.
///
/// Ids lie in windows of time, by when they expire, so that all of a window are forgotten at once.
public final class Traffic {
    /// Nothing was sent yet.
    static final Traffic NONE = new Traffic(MerkleMap.empty(Sender::toCbor), TreePMap.empty());

    private final MerkleMap<Sender> senders;
    private final TreePMap<Long, MerkleMap<IdEntry>> windows;

    /// @param senders by account
    /// @param windows of ids, by number; each by sender and id
    Traffic(MerkleMap<Sender> senders, TreePMap<Long, MerkleMap<IdEntry>> windows) {
        this.senders = senders;
        this.windows = windows;
    }

    /// What accounts sent, by account.
    MerkleMap<Sender> senders() {
        return senders;
    }

    /// The ids that are remembered, by window; in each by sender and id.
    SortedMap<Long, MerkleMap<IdEntry>> windows() {
        return windows;
    }

    /// What an account sent.
    public Sender sender(AccountId account) {
        return senders.find(account.bytes()).orElse(Sender.NEW);
    }

    /// What is remembered under an id of an account.
    public Optional<IdEntry> find(AccountId sender, TransactionId id) {
        ByteString key = key(sender, id);
        for (MerkleMap<IdEntry> ids : windows.values()) {
            Optional<IdEntry> entry = ids.find(key);
            if (entry.isPresent()) {
                return entry;
            }
        }
        return Optional.empty();
    }

    /// The last window of which all ids have expired at a time; empty if there is none.
    ///
    /// @param validityMillis the span of a window [ms]
    Optional<Long> findExpired(long timeMillis, long validityMillis) {
        long current = Math.floorDiv(timeMillis, validityMillis);
        return windows.isEmpty() || windows.firstKey() >= current
                ? Optional.empty()
                : Optional.of(current - 1);
    }

    /// The root over what accounts sent.
    public Digest sendersRoot() {
        return senders.root();
    }

    /// The root over all ids: a map of the roots of windows, by the window in 8 bytes.
    public Digest idsRoot() {
        SortedMap<Long, Digest> roots = new TreeMap<>();
        windows.forEach((window, ids) -> roots.put(window, ids.root()));
        return idsRoot(roots);
    }

    /// The same of windows of which nothing but the roots is known.
    static Digest idsRoot(SortedMap<Long, Digest> windows) {
        MerkleMap<Digest> roots = MerkleMap.empty(Digest::toBytes);
        for (Map.Entry<Long, Digest> window : windows.entrySet()) {
            byte[] name = ByteBuffer.allocate(Long.BYTES).putLong(window.getKey()).array();
            roots = roots.put(ByteString.of(name), window.getValue());
        }
        return roots.root();
    }

    /// The same where maps take changes in a way.
    Traffic in(MapMode mode) {
        TreePMap<Long, MerkleMap<IdEntry>> others = windows;
        for (Map.Entry<Long, MerkleMap<IdEntry>> window : windows.entrySet()) {
            others = others.plus(window.getKey(), window.getValue().in(mode));
        }
        return new Traffic(senders.in(mode), others);
    }

    Traffic with(Event.TransactionTaken taken, long validityMillis) {
        long window = Math.floorDiv(taken.expiryMillis(), validityMillis);
        MerkleMap<IdEntry> ids = windows.getOrDefault(window, MerkleMap.empty(IdEntry::toCbor));
        return new Traffic(
                senders.put(taken.sender().bytes(), taken.traffic()),
                windows.plus(window, ids.put(key(taken.sender(), taken.id()), taken.entry())));
    }

    Traffic forgetting(long lastWindow) {
        TreePMap<Long, MerkleMap<IdEntry>> left = windows;
        while (!left.isEmpty() && left.firstKey() <= lastWindow) {
            left = left.minus(left.firstKey());
        }
        return new Traffic(senders, left);
    }

    /// The key of an id in its window.
    static ByteString key(AccountId sender, TransactionId id) {
        return ByteString.concat(sender.bytes(), id.bytes());
    }
}
