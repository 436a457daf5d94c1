package mitoyen.ledger.machine;

import java.nio.charset.StandardCharsets;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleMap;
import mitoyen.ledger.proof.Sha256;

/// The root of a state: a sparse Merkle map from the name of each part to the part's own root, so
/// that an entry is proved by two paths, and a part that comes later changes nothing while it is
/// empty (LE-56, LE-104).
final class StateRoot {
    private StateRoot() {}

    static Digest of(State state) {
        return parts(state).root();
    }

    /// The roots of the parts that have entries, by name.
    static MerkleMap<Digest> parts(State state) {
        MerkleMap<Digest> parts = MerkleMap.empty(Digest::toBytes);
        parts = with(parts, StatePart.ACCOUNTS, state.accounts().root());
        parts = with(parts, StatePart.COMMUNITIES, state.energy().communitiesRoot());
        parts = with(parts, StatePart.DAYS, state.energy().daysRoot());
        parts = with(parts, StatePart.MONTHS, state.energy().monthsRoot());
        parts = with(parts, StatePart.TRANSACTIONS, state.transactions().root());
        parts = with(parts, StatePart.HOLDERS, state.account().holdersRoot());
        parts = with(parts, StatePart.ASSETS, state.account().assetsRoot());
        parts = with(parts, StatePart.LIMITS, state.account().limitsRoot());
        parts = with(parts, StatePart.PENDING, state.account().pending().root());
        parts = with(parts, StatePart.SENDERS, state.traffic().sendersRoot());
        parts = with(parts, StatePart.IDS, state.traffic().idsRoot());
        parts = with(parts, StatePart.TIMERS, state.timers().root());
        if (state.activation().isPresent()) {
            Digest hash = Sha256.of(state.activation().get().toCbor());
            parts = with(parts, StatePart.ACTIVATION, hash);
        }
        parts = with(parts, StatePart.VALIDATORS, state.governance().root());
        parts = with(parts, StatePart.PROPOSALS, state.energy().proposals().root());
        return with(parts, StatePart.OPEN_CLAIMS, state.energy().openClaims().root());
    }

    private static MerkleMap<Digest> with(MerkleMap<Digest> parts, StatePart part, Digest root) {
        boolean empty = root.equals(MerkleMap.EMPTY_ROOT);
        return empty
                ? parts
                : parts.put(ByteString.of(part.toString().getBytes(StandardCharsets.UTF_8)), root);
    }
}
