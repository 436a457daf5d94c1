package mitoyen.ledger.machine;

import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleMap;

/// All that the ledger remembers, after some block. Immutable; neither height nor time is in it, so
/// that an empty block leaves it as it was (LE-55).
///
/// @param accounts who is owed what
/// @param energy what the energy contract remembers
/// @param transactions by id, the content hash of each transaction that was accepted
public record State(Accounts accounts, EnergyState energy, MerkleMap<Digest> transactions) {
    /// The state before the first block.
    public static final State INITIAL =
            new State(Accounts.NONE, EnergyState.NONE, MerkleMap.empty(Digest::toBytes));

    /// The root over all of it.
    public Digest root() {
        return StateRoot.of(this);
    }
}
