package mitoyen.ledger.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountEvent;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Authority;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.proof.Digest;

/// How other rules come to hold (LE-155): the founder says so under the rules that held before, or
/// the council of a shared ledger, in a transaction of the form of version 2 that asks for nothing
/// else.
///
/// What is refused under version 2 is refused for the reason that programs gave which knew no later
/// one. So they and newer ones order a ledger together until an activation is accepted.
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
        Step.Activate asked = (Step.Activate) transaction.steps().getFirst();
        boolean byFounder = verified.signers().contains(genesis.founder());
        boolean consented = rules.areFirst() ? byFounder : isConsented(state, moment, verified);
        if (!consented || !isInOrder(state, moment, asked) || !isPossible(asked.parameters())) {
            return new Decision.Refused(
                    byFounder || consented
                            ? TransactionRejection.ACTIVATION_OUT_OF_ORDER
                            : TransactionRejection.NOT_SIGNED_BY_FOUNDER);
        }
        List<Event> events = new ArrayList<>();
        events.add(new Event.TransactionAccepted(transaction.id(), verified.contentHash()));
        events.add(
                new Event.Activated(
                        new Activation(asked.version(), asked.height(), asked.parameters())));
        if (rules.areFirst()) {
            events.add(
                    new Event.Account(
                            new AccountEvent.AccountOpened(
                                    genesis.founderAccount(),
                                    SignerSet.single(genesis.founder()))));
        }
        return new Decision.Accepted(events);
    }

    /// Whether those consent who may: the council where several nodes share the ledger, else the
    /// founder's account, whatever its keys are by now.
    private boolean isConsented(State state, Moment moment, VerifiedTransaction verified) {
        AccountId account =
                genesis.governance()
                        .map(GovernanceTerms::councilAccount)
                        .orElseGet(genesis::founderAccount);
        Authority authority = new Authority(verified.signatures(), moment.timeMillis());
        return state.account()
                .findHolder(account)
                .filter(holder -> !holder.closed() && authority.signsFor(holder))
                .isPresent();
    }

    /// Whether the version is known and above the one that holds, its height is ahead, and no other
    /// activation waits.
    private boolean isInOrder(State state, Moment moment, Step.Activate asked) {
        return asked.version() > rules.version()
                && asked.version() <= Genesis.NEWEST_VERSION
                && asked.height() > moment.height()
                && state.activations()
                        .last()
                        .filter(last -> last.height() > moment.height())
                        .isEmpty();
    }

    /// Whether the limits are such as the ledger can go on with. Ids lie in windows of one span;
    /// and what the engine of a shared ledger lets through was told to it when it began.
    private boolean isPossible(Parameters next) {
        Parameters now = rules.parameters();
        return rules.areFirst()
                || (next.traffic().validityMillis() == now.traffic().validityMillis()
                        && (!genesis.isShared() || next.bundleBytes() <= now.bundleBytes()));
    }
}
