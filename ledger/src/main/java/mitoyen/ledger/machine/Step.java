package mitoyen.ledger.machine;

import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.governance.GovernanceTransaction;

/// What a transaction asks for, by domain.
public sealed interface Step {
    /// Something of the accounts.
    record Account(AccountTransaction transaction) implements Step {}

    /// Something of the energy contract.
    record Energy(EnergyTransaction transaction) implements Step {}

    /// Something of the council, in a shared ledger.
    record Governance(GovernanceTransaction transaction) implements Step {}

    /// Other rules from a height on, asked for by the founder under the rules that held before
    /// (LE-155).
    ///
    /// @param version of the protocol, above the one that holds
    /// @param height of the first block under its rules, above the one that holds this
    /// @param parameters the limits that hold from there
    record Activate(int version, long height, Parameters parameters) implements Step {}
}
