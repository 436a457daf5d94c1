package mitoyen.ledger.machine;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MapDifference;
import mitoyen.ledger.proof.MerkleMap;

/// The first entry in which two states differ: by part in the order of [StatePart], in a part by
/// place (LE-15).
///
/// @param part that it is in
/// @param key as in the part's table (LE-56, LE-104)
/// @param first the SHA-256 of its value in the first state; empty where that has none
/// @param second the same of the second state
public record StateDifference(
        StatePart part, ByteString key, Optional<Digest> first, Optional<Digest> second) {
    private static final ByteString NO_KEY = ByteString.of(new byte[0]);

    /// Goes through both states until they differ. What both have in common is passed over by its
    /// hash.
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
            return StateProofs.entries(first, part)
                    .findDifference(StateProofs.entries(second, part))
                    .map(found -> of(part, found.key(), found));
        }
        return part == StatePart.IDS
                ? findId(first.traffic(), second.traffic())
                : findActivation(first.activations(), second.activations());
    }

    /// Ids are kept by window; the key in a window has the window before it.
    private static Optional<StateDifference> findId(Traffic first, Traffic second) {
        SortedSet<Long> windows = new TreeSet<>(first.windows().keySet());
        windows.addAll(second.windows().keySet());
        return windows.stream()
                .map(window ->
                        window(first, window)
                                .findDifference(window(second, window))
                                .map(found ->
                                        of(
                                                StatePart.IDS,
                                                StateEntries.inWindow(window, found.key()),
                                                found)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static MerkleMap<IdEntry> window(Traffic traffic, long window) {
        MerkleMap<IdEntry> found = traffic.windows().get(window);
        return found == null ? MerkleMap.empty(IdEntry::toCbor) : found;
    }

    private static Optional<StateDifference> findActivation(Activations first, Activations second) {
        return first.equals(second)
                ? Optional.empty()
                : Optional.of(
                        new StateDifference(
                                StatePart.ACTIVATION, NO_KEY, first.digest(), second.digest()));
    }

    private static StateDifference of(StatePart part, ByteString key, MapDifference found) {
        return new StateDifference(part, key, found.first(), found.second());
    }
}
