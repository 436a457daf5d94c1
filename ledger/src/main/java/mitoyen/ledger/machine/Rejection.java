package mitoyen.ledger.machine;

import mitoyen.ledger.energy.EnergyRejection;

/// Why a transaction is refused, by whoever refused it.
public sealed interface Rejection {
    /// The name of who refused it, in receipts.
    String module();

    /// The reason's number there.
    int number();

    /// Whether the same transaction may be accepted once others were.
    boolean mayPassLater();

    /// Refused whatever it asks for.
    record OfTransaction(TransactionRejection reason) implements Rejection {
        @Override
        public String module() {
            return "transaction";
        }

        @Override
        public int number() {
            return reason.number();
        }

        @Override
        public boolean mayPassLater() {
            return false;
        }
    }

    /// Refused by the energy contract.
    record OfEnergy(EnergyRejection reason) implements Rejection {
        @Override
        public String module() {
            return "energy";
        }

        @Override
        public int number() {
            return reason.number();
        }

        @Override
        public boolean mayPassLater() {
            return reason.mayPassLater();
        }
    }
}
