package mitoyen.ledger.machine;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.MerkleMap;
import mitoyen.ledger.proof.Sha256;

/// The first entry in which two states differ: by part in the order of [StatePart], in a part by
/// place (LE-15).
///
/// @param part that it is in
/// @param key as in the part's table (LE-56, LE-104)
/// @param where which of the two has it
public record StateDifference(StatePart part, ByteString key, Where where) {
    /// Which of two states has an entry.
    public enum Where {
        /// Both, with different values.
        BOTH,
        /// Only the first.
        FIRST,
        /// Only the second.
        SECOND
    }

    /// Goes through both states until they differ; parts of the same root are passed over.
    ///
    /// @return empty where they hold the same
    public static Optional<StateDifference> find(State first, State second) {
        return Arrays.stream(StatePart.values())
                .map(part -> find(part, first, second))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<StateDifference> find(StatePart part, State first, State second) {
        if (part.hasEntries()) {
            return find(part, StateProofs.entries(first, part), StateProofs.entries(second, part));
        }
        return part == StatePart.IDS
                ? findId(first.traffic(), second.traffic())
                : findActivation(first, second);
    }

    private static Optional<StateDifference> find(
            StatePart part, MerkleMap<?> first, MerkleMap<?> second) {
        if (first.root().equals(second.root())) {
            return Optional.empty();
        }
        Iterator<? extends MerkleMap.Entry<?>> ones = first.stream().iterator();
        Iterator<? extends MerkleMap.Entry<?>> others = second.stream().iterator();
        while (ones.hasNext() && others.hasNext()) {
            MerkleMap.Entry<?> one = ones.next();
            MerkleMap.Entry<?> other = others.next();
            if (!one.key().equals(other.key())) {
                boolean isFirst = place(one).compareTo(place(other)) < 0;
                return isFirst
                        ? at(part, one.key(), Where.FIRST)
                        : at(part, other.key(), Where.SECOND);
            }
            if (!one.value().equals(other.value())) {
                return at(part, one.key(), Where.BOTH);
            }
        }
        if (ones.hasNext()) {
            return at(part, ones.next().key(), Where.FIRST);
        }
        return others.hasNext() ? at(part, others.next().key(), Where.SECOND) : Optional.empty();
    }

    private static ByteString place(MerkleMap.Entry<?> entry) {
        return ByteString.of(Sha256.of(entry.key().toBytes()).toBytes());
    }

    /// Ids are kept by window; the key in a window has the window before it.
    private static Optional<StateDifference> findId(Traffic first, Traffic second) {
        SortedSet<Long> windows = new TreeSet<>(first.windows().keySet());
        windows.addAll(second.windows().keySet());
        return windows.stream()
                .map(window ->
                        find(StatePart.IDS, window(first, window), window(second, window))
                                .map(found ->
                                        new StateDifference(
                                                StatePart.IDS,
                                                StateEntries.inWindow(window, found.key()),
                                                found.where())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static MerkleMap<IdEntry> window(Traffic traffic, long window) {
        MerkleMap<IdEntry> found = traffic.windows().get(window);
        return found == null ? MerkleMap.empty(IdEntry::toCbor) : found;
    }

    private static Optional<StateDifference> findActivation(State first, State second) {
        if (first.activation().equals(second.activation())) {
            return Optional.empty();
        }
        Where where = Where.BOTH;
        if (first.activation().isEmpty()) {
            where = Where.SECOND;
        } else if (second.activation().isEmpty()) {
            where = Where.FIRST;
        }
        return at(StatePart.ACTIVATION, ByteString.of(new byte[0]), where);
    }

    private static Optional<StateDifference> at(StatePart part, ByteString key, Where where) {
        return Optional.of(new StateDifference(part, key, where));
    }
}
