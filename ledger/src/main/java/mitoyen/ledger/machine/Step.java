package mitoyen.ledger.machine;

import mitoyen.ledger.energy.EnergyTransaction;

/// What a transaction asks for, by domain.
public sealed interface Step {
    /// Something of the energy contract.
    record Energy(EnergyTransaction transaction) implements Step {}
}
