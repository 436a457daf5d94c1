package mitoyen.ledger.machine;

import mitoyen.ledger.account.AccountRejection;
import mitoyen.ledger.energy.EnergyRejection;
import mitoyen.ledger.governance.GovernanceRejection;

/// Why a transaction is refused, by whoever refused it.
public sealed interface Rejection {
    /// The name of who refused it, in receipts.
    String module();

    /// The reason's number there.
    int number();

    /// The reason's name there.
    String name();

    /// Whether the same content may be accepted once others were.
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
        public String name() {
            return reason.name();
        }

        @Override
        public boolean mayPassLater() {
            return reason.mayPassLater();
        }
    }

    /// Refused by the rules of accounts.
    record OfAccount(AccountRejection reason) implements Rejection {
        @Override
        public String module() {
            return "account";
        }

        @Override
        public int number() {
            return reason.number();
        }

        @Override
        public String name() {
            return reason.name();
        }

        @Override
        public boolean mayPassLater() {
            return reason.mayPassLater();
        }
    }

    /// Refused by the rules of governance.
    record OfGovernance(GovernanceRejection reason) implements Rejection {
        @Override
        public String module() {
            return "governance";
        }

        @Override
        public int number() {
            return reason.number();
        }

        @Override
        public String name() {
            return reason.name();
        }

        @Override
        public boolean mayPassLater() {
            return reason.mayPassLater();
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
        public String name() {
            return reason.name();
        }

        @Override
        public boolean mayPassLater() {
            return reason.mayPassLater();
        }
    }
}
