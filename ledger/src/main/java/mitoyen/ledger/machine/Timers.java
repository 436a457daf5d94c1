package mitoyen.ledger.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MapMode;
import mitoyen.ledger.proof.MerkleMap;
import org.pcollections.TreePSet;

/// What is to happen without anyone asking for it (LE-96). Immutable.
///
/// The order follows from the entries, and so has no part in the root.
public final class Timers {
    /// Nothing is to happen.
    static final Timers NONE = new Timers(MerkleMap.empty(ByteString::toBytes), TreePSet.empty());

    private final MerkleMap<ByteString> entries;
    private final TreePSet<Timer> order;

    private Timers(MerkleMap<ByteString> entries, TreePSet<Timer> order) {
        this.entries = entries;
        this.order = order;
    }

    /// The timers whose names these are.
    ///
    /// @throws CborException if one is no timer's name
    static Timers of(MerkleMap<ByteString> entries) throws CborException {
        List<Timer> timers = new ArrayList<>();
        for (ByteString name : entries.stream().map(MerkleMap.Entry::value).toList()) {
            timers.add(Timer.ofKey(name));
        }
        return new Timers(entries, TreePSet.from(timers));
    }

    /// The names of all timers.
    MerkleMap<ByteString> entries() {
        return entries;
    }

    /// The first timers that are due, in order.
    ///
    /// @param timeMillis the time of the block [ms since 1970]
    /// @param most how many at most
    List<Timer> due(long timeMillis, int most) {
        List<Timer> due = new ArrayList<>();
        for (Timer timer : order) {
            if (timer.dueMillis() > timeMillis || due.size() == most) {
                break;
            }
            due.add(timer);
        }
        return Collections.unmodifiableList(due);
    }

    /// Whether a timer is set.
    boolean include(Timer timer) {
        return order.contains(timer);
    }

    /// When the next timer is due [ms since 1970]; empty if there is none.
    public Optional<Long> findNextMillis() {
        return order.isEmpty() ? Optional.empty() : Optional.of(order.first().dueMillis());
    }

    /// How many there are.
    public int size() {
        return order.size();
    }

    /// The root over all of them.
    public Digest root() {
        return entries.root();
    }

    /// The same where maps take changes in a way.
    Timers in(MapMode mode) {
        return new Timers(entries.in(mode), order);
    }

    Timers with(Timer timer) {
        return new Timers(entries.put(timer.key(), timer.key()), order.plus(timer));
    }

    Timers without(Timer timer) {
        return new Timers(entries.remove(timer.key()), order.minus(timer));
    }
}
