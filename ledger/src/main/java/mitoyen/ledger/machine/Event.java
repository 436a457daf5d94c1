package mitoyen.ledger.machine;

import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.proof.Digest;

/// What happened on the ledger: the only thing that changes the state.
public sealed interface Event {
    /// A transaction was accepted; its id is taken.
    ///
    /// @param contentHash the hash of what was signed
    record TransactionAccepted(TransactionId id, Digest contentHash) implements Event {}

    /// Something happened in the energy contract.
    record Energy(EnergyEvent event) implements Event {}

    /// Value moved.
    record Transferred(Transfer transfer) implements Event {}
}
