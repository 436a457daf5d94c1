package mitoyen.ledger.machine;

import mitoyen.ledger.account.AccountEvent;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.governance.GovernanceEvent;
import mitoyen.ledger.proof.Digest;

/// What happened on the ledger: the only thing that changes the state.
public sealed interface Event {
    /// A transaction of version 1 was accepted; its id is taken.
    ///
    /// @param contentHash the hash of what was signed
    record TransactionAccepted(TransactionId id, Digest contentHash) implements Event {}

    /// A transaction of version 2 was executed, or refused although its sender signed it: its id is
    /// taken or burnt, its lane moved, its sender's bucket filled.
    ///
    /// @param sender in whose name it was sent
    /// @param entry what is remembered under its id
    /// @param expiryMillis until when it is remembered at least [ms since 1970]
    /// @param traffic the sender's lanes and bucket after it
    record TransactionTaken(
            AccountId sender, TransactionId id, IdEntry entry, long expiryMillis, Sender traffic)
            implements Event {}

    /// Ids whose transactions have all expired were forgotten.
    ///
    /// @param window the last window that was (LE-94)
    record IdsForgotten(long window) implements Event {}

    /// Something happened to accounts.
    record Account(AccountEvent event) implements Event {}

    /// Something happened in the energy contract.
    record Energy(EnergyEvent event) implements Event {}

    /// Value moved because of the energy contract.
    record Transferred(Transfer transfer) implements Event {}

    /// Something happened to those who order the ledger.
    record Governance(GovernanceEvent event) implements Event {}

    /// A timer was set.
    record TimerSet(Timer timer) implements Event {}

    /// A timer was taken back.
    record TimerCancelled(Timer timer) implements Event {}

    /// A timer fired, and is no more.
    record TimerFired(Timer timer) implements Event {}

    /// Other rules will hold.
    record Activated(Activation activation) implements Event {}
}
