package mitoyen.ledger.machine;

import java.util.EnumMap;
import java.util.Map;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleMap;
import mitoyen.ledger.proof.NamedRoots;

/// The root of a state: a sparse Merkle map from the name of each part to the part's own root, so
/// that an entry is proved by two paths, and a part that comes later changes nothing while it is
/// empty (LE-56, LE-104).
final class StateRoot {
    private static final NamedRoots<StatePart> PARTS = new NamedRoots<>(StatePart.class);

    private StateRoot() {}

    static Digest of(State state) {
        return parts(state).root();
    }

    /// The root over parts of which nothing but the roots is known.
    static Digest of(Map<StatePart, Digest> roots) {
        return PARTS.map(roots).root();
    }

    /// The roots of the parts that have entries, by name.
    static MerkleMap<Digest> parts(State state) {
        Map<StatePart, Digest> roots = new EnumMap<>(StatePart.class);
        roots.put(StatePart.ACCOUNTS, state.accounts().root());
        roots.put(StatePart.COMMUNITIES, state.energy().communitiesRoot());
        roots.put(StatePart.DAYS, state.energy().daysRoot());
        roots.put(StatePart.MONTHS, state.energy().monthsRoot());
        roots.put(StatePart.TRANSACTIONS, state.transactions().root());
        roots.put(StatePart.HOLDERS, state.account().holdersRoot());
        roots.put(StatePart.ASSETS, state.account().assetsRoot());
        roots.put(StatePart.LIMITS, state.account().limitsRoot());
        roots.put(StatePart.PENDING, state.account().pending().root());
        roots.put(StatePart.SENDERS, state.traffic().sendersRoot());
        roots.put(StatePart.IDS, state.traffic().idsRoot());
        roots.put(StatePart.TIMERS, state.timers().root());
        state.activations().digest().ifPresent(hash -> roots.put(StatePart.ACTIVATION, hash));
        roots.put(StatePart.VALIDATORS, state.governance().root());
        roots.put(StatePart.PROPOSALS, state.energy().proposals().root());
        roots.put(StatePart.OPEN_CLAIMS, state.energy().openClaims().root());
        return PARTS.map(roots);
    }
}
