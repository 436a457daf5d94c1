package mitoyen.ledger.machine;

import java.nio.charset.StandardCharsets;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleMap;

/// The root of a state: a sparse Merkle map from the name of each part to the part's own root, so
/// that an entry is proved by two paths, and a part that comes later changes nothing while it is
/// empty (LE-56).
final class StateRoot {
    private StateRoot() {}

    static Digest of(State state) {
        MerkleMap<Digest> parts = MerkleMap.empty(Digest::toBytes);
        parts = with(parts, "accounts", state.accounts().root());
        parts = with(parts, "energy/communities", state.energy().communitiesRoot());
        parts = with(parts, "energy/days", state.energy().daysRoot());
        parts = with(parts, "energy/months", state.energy().monthsRoot());
        return with(parts, "transactions", state.transactions().root()).root();
    }

    private static MerkleMap<Digest> with(MerkleMap<Digest> parts, String name, Digest root) {
        boolean empty = root.equals(MerkleMap.EMPTY_ROOT);
        return empty
                ? parts
                : parts.put(ByteString.of(name.getBytes(StandardCharsets.UTF_8)), root);
    }
}
