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
        parts = with(parts, "accounts", state.accounts().root());
        parts = with(parts, "energy/communities", state.energy().communitiesRoot());
        parts = with(parts, "energy/days", state.energy().daysRoot());
        parts = with(parts, "energy/months", state.energy().monthsRoot());
        parts = with(parts, "transactions", state.transactions().root());
        parts = with(parts, "account/holders", state.account().holdersRoot());
        parts = with(parts, "account/assets", state.account().assetsRoot());
        parts = with(parts, "account/limits", state.account().limitsRoot());
        parts = with(parts, "account/pending", state.account().pending().root());
        parts = with(parts, "senders", state.traffic().sendersRoot());
        parts = with(parts, "ids", state.traffic().idsRoot());
        parts = with(parts, "timers", state.timers().root());
        if (state.activation().isPresent()) {
            Digest hash = Sha256.of(state.activation().get().toCbor());
            parts = with(parts, "activation", hash);
        }
        return parts;
    }

    private static MerkleMap<Digest> with(MerkleMap<Digest> parts, String name, Digest root) {
        boolean empty = root.equals(MerkleMap.EMPTY_ROOT);
        return empty
                ? parts
                : parts.put(ByteString.of(name.getBytes(StandardCharsets.UTF_8)), root);
    }
}
