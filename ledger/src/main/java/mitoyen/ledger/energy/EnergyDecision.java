package mitoyen.ledger.energy;

import java.util.List;
import mitoyen.ledger.account.Transfer;

/// What the energy contract makes of a transaction.
public sealed interface EnergyDecision {
    /// It is accepted.
    ///
    /// @param events what happens in the contract, in order
    /// @param transfers what moves because of them, in order
    record Accepted(List<EnergyEvent> events, List<Transfer> transfers) implements EnergyDecision {
        public Accepted {
            events = List.copyOf(events);
            transfers = List.copyOf(transfers);
        }
    }

    /// It is refused.
    record Refused(EnergyRejection rejection) implements EnergyDecision {}
}
