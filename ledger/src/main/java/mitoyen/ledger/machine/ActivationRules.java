package mitoyen.ledger.machine;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountEvent;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.proof.Digest;

/// How other rules come to hold (LE-155): the founder says so under the rules that held before, in
/// a transaction of the form of version 2 that asks for nothing else.
final class ActivationRules {
    private final Genesis genesis;
    private final Rules rules;

    ActivationRules(Genesis genesis, Rules rules) {
        this.genesis = genesis;
        this.rules = rules;
    }

    Decision decide(
            State state,
            Moment moment,
            VerifiedTransaction verified,
            Transaction.Version2 transaction) {
        Optional<Digest> known = state.transactions().find(transaction.id().bytes());
        if (known.isPresent()) {
            return known.get().equals(verified.contentHash())
                    ? new Decision.Exists()
                    : new Decision.Refused(TransactionRejection.ID_TAKEN);
        }
        Transaction.Expiry expiry = transaction.expiry();
        if (moment.height() > expiry.height() || moment.timeMillis() >= expiry.timeMillis()) {
            return new Decision.Refused(TransactionRejection.EXPIRED);
        }
        if (!verified.signers().contains(genesis.founder())) {
            return new Decision.Refused(TransactionRejection.NOT_SIGNED_BY_FOUNDER);
        }
        Step.Activate asked = (Step.Activate) transaction.steps().getFirst();
        if (asked.version() <= rules.version()
                || asked.version() > Genesis.NEWEST_VERSION
                || asked.height() <= moment.height()
                || state.activation().isPresent()) {
            return new Decision.Refused(TransactionRejection.ACTIVATION_OUT_OF_ORDER);
        }
        return new Decision.Accepted(
                List.of(
                        new Event.TransactionAccepted(transaction.id(), verified.contentHash()),
                        new Event.Activated(
                                new Activation(
                                        asked.version(), asked.height(), asked.parameters())),
                        new Event.Account(
                                new AccountEvent.AccountOpened(
                                        genesis.founderAccount(),
                                        SignerSet.single(genesis.founder())))));
    }
}
