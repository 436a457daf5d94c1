package mitoyen.node.running;

import java.util.List;
import java.util.stream.Stream;
import mitoyen.ledger.account.AccountRejection;
import mitoyen.ledger.energy.EnergyRejection;
import mitoyen.ledger.governance.GovernanceRejection;
import mitoyen.ledger.machine.Rejection;
import mitoyen.ledger.machine.TransactionRejection;

/// Every reason for which the ledger can refuse.
public final class Refusals {
    private Refusals() {}

    /// All of them, by module and number.
    public static List<Refusal> list() {
        return Stream.<Stream<Rejection>>of(
                        Stream.of(TransactionRejection.values()).map(Rejection.OfTransaction::new),
                        Stream.of(AccountRejection.values()).map(Rejection.OfAccount::new),
                        Stream.of(GovernanceRejection.values()).map(Rejection.OfGovernance::new),
                        Stream.of(EnergyRejection.values()).map(Rejection.OfEnergy::new))
                .flatMap(each -> each)
                .map(LedgerWords::refusal)
                .toList();
    }
}
