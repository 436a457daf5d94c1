package mitoyen.ledger.energy;

import java.util.List;
import mitoyen.ledger.account.Transfer;

/// What the energy contract makes of a transaction.
public sealed interface EnergyDecision {
    /// It is accepted.
    ///
    /// @param event what happens in the contract
    /// @param transfers what moves because of it, in order
    record Accepted(EnergyEvent event, List<Transfer> transfers) implements EnergyDecision {
        public Accepted {
            transfers = List.copyOf(transfers);
        }
    }

    /// It is refused.
    record Refused(EnergyRejection rejection) implements EnergyDecision {}
}
