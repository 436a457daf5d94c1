package mitoyen.ledger.account;

import static mitoyen.ledger.account.AccountRejection.ACCOUNT_CLOSED;
import static mitoyen.ledger.account.AccountRejection.ACCOUNT_NOT_FOUND;
import static mitoyen.ledger.account.AccountRejection.DELEGATION_INVALID;
import static mitoyen.ledger.account.AccountRejection.DELEGATION_NOT_FOUND;
import static mitoyen.ledger.account.AccountRejection.GUARDIANS_INVALID;
import static mitoyen.ledger.account.AccountRejection.NOT_AUTHORISED;
import static mitoyen.ledger.account.AccountRejection.NO_RECOVERY;
import static mitoyen.ledger.account.AccountRejection.RECOVERY_UNDER_WAY;
import static mitoyen.ledger.account.AccountRejection.SIGNERS_INVALID;
import static mitoyen.ledger.account.AccountRejection.TOO_MANY_DELEGATIONS;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountTransaction.CancelRecovery;
import mitoyen.ledger.account.AccountTransaction.CloseAccount;
import mitoyen.ledger.account.AccountTransaction.Delegate;
import mitoyen.ledger.account.AccountTransaction.Recover;
import mitoyen.ledger.account.AccountTransaction.Revoke;
import mitoyen.ledger.account.AccountTransaction.SetGuardians;
import mitoyen.ledger.account.AccountTransaction.SetSigners;

/// Who signs for an account, and how that changes (LE-120 to LE-126).
final class SignerRules {
    private final AccountState state;
    private final AccountContext context;
    private final AccountLimits limits;
    private final Authority authority;

    SignerRules(AccountState state, AccountContext context, AccountLimits limits) {
        this.state = state;
        this.context = context;
        this.limits = limits;
        this.authority = new Authority(context.signatures(), context.timeMillis());
    }

    /// Whether an account could be signed for by these: the last signer cannot be removed, nor the
    /// weight that the threshold needs (LE-121).
    boolean areValid(SignerSet set) {
        return set.isValid(limits.signers());
    }

    AccountDecision set(SetSigners setting) {
        if (!areValid(setting.signers())) {
            return refused(SIGNERS_INVALID);
        }
        return change(
                setting.account(),
                holder -> new AccountEvent.SignersSet(holder.id(), setting.signers()));
    }

    AccountDecision delegate(Delegate delegating) {
        Delegation delegation = delegating.delegation();
        if (!isValid(delegation)) {
            return refused(DELEGATION_INVALID);
        }
        Optional<AccountRejection> closed = findObstacle(delegating.account());
        if (closed.isPresent()) {
            return refused(closed.get());
        }
        Holder holder = state.findHolder(delegating.account()).orElseThrow();
        if (holder.findDelegation(delegation.key()).isEmpty()
                && holder.delegations().size() >= limits.delegations()) {
            return refused(TOO_MANY_DELEGATIONS);
        }
        return accepted(
                new AccountEvent.Delegated(
                        holder.id(), delegation.startingAt(context.timeMillis())));
    }

    AccountDecision revoke(Revoke revoking) {
        Optional<AccountRejection> closed = findObstacle(revoking.account());
        if (closed.isPresent()) {
            return refused(closed.get());
        }
        Holder holder = state.findHolder(revoking.account()).orElseThrow();
        return holder.findDelegation(revoking.key()).isEmpty()
                ? refused(DELEGATION_NOT_FOUND)
                : accepted(new AccountEvent.DelegationRevoked(holder.id(), revoking.key()));
    }

    AccountDecision setGuardians(SetGuardians setting) {
        if (!setting.guardians().map(each -> isValid(setting.account(), each)).orElse(true)) {
            return refused(GUARDIANS_INVALID);
        }
        boolean known =
                setting.guardians().stream()
                        .flatMap(each -> each.accounts().stream())
                        .allMatch(each -> state.findHolder(each).isPresent());
        if (!known) {
            return refused(ACCOUNT_NOT_FOUND);
        }
        return change(
                setting.account(),
                holder -> new AccountEvent.GuardiansSet(holder.id(), setting.guardians()));
    }

    AccountDecision recover(Recover recovery) {
        if (!areValid(recovery.signers())
                || recovery.lost().size() > limits.signers()
                || !isSorted(recovery.lost())) {
            return refused(SIGNERS_INVALID);
        }
        Optional<Holder> holder = state.findHolder(recovery.account());
        if (holder.isEmpty()) {
            return refused(ACCOUNT_NOT_FOUND);
        }
        Optional<Guardians> guardians = holder.get().guardians();
        if (guardians.isEmpty() || !consent(guardians.get())) {
            return refused(NOT_AUTHORISED);
        }
        if (holder.get().closed()) {
            return refused(ACCOUNT_CLOSED);
        }
        if (holder.get().recovery().isPresent()) {
            return refused(RECOVERY_UNDER_WAY);
        }
        long due = Times.after(context.timeMillis(), guardians.get().delayMillis());
        return accepted(
                new AccountEvent.RecoveryBegun(
                        holder.get().id(), new Recovery(recovery.lost(), recovery.signers(), due)));
    }

    /// Any one key that is not named as lost may object, whatever the threshold.
    AccountDecision cancelRecovery(CancelRecovery cancelling) {
        Optional<Holder> holder = state.findHolder(cancelling.account());
        if (holder.isEmpty()) {
            return refused(ACCOUNT_NOT_FOUND);
        }
        if (!authority.anySigner(holder.get())) {
            return refused(NOT_AUTHORISED);
        }
        return holder.get()
                .recovery()
                .map(recovery ->
                        accepted(
                                new AccountEvent.RecoveryCancelled(
                                        holder.get().id(), recovery.dueMillis())))
                .orElseGet(() -> refused(NO_RECOVERY));
    }

    AccountDecision close(CloseAccount closing) {
        return change(closing.account(), holder -> new AccountEvent.AccountClosed(holder.id()));
    }

    /// A change that only the account's signers make, and not one that is closed.
    private AccountDecision change(
            AccountId account, java.util.function.Function<Holder, AccountEvent> change) {
        return findObstacle(account)
                .map(SignerRules::refused)
                .orElseGet(() -> accepted(change.apply(state.findHolder(account).orElseThrow())));
    }

    private Optional<AccountRejection> findObstacle(AccountId account) {
        Optional<Holder> holder = state.findHolder(account);
        if (holder.isEmpty()) {
            return Optional.of(ACCOUNT_NOT_FOUND);
        }
        if (!authority.signsFor(holder.get())) {
            return Optional.of(NOT_AUTHORISED);
        }
        return holder.filter(Holder::closed).map(closed -> ACCOUNT_CLOSED);
    }

    private boolean consent(Guardians guardians) {
        return guardians.accounts().stream()
                        .filter(each ->
                                state.findHolder(each).map(authority::signsFor).orElse(false))
                        .count()
                >= guardians.threshold();
    }

    private boolean isValid(Delegation delegation) {
        return !delegation.kinds().isEmpty()
                && isSorted(delegation.kinds())
                && delegation.allowances().size() <= limits.scope()
                && isSorted(delegation.allowances().stream().map(Allowance::asset).toList())
                && delegation.allowances().stream().allMatch(each -> each.limit().units() >= 0)
                && delegation.counterparties().size() <= limits.scope()
                && isSorted(delegation.counterparties())
                && delegation.periodMillis() >= 1
                && delegation.isLive(context.timeMillis());
    }

    private boolean isValid(AccountId account, Guardians guardians) {
        return guardians.accounts().size() <= limits.guardians()
                && isSorted(guardians.accounts())
                && !guardians.accounts().contains(account)
                && guardians.threshold() >= 1
                && guardians.threshold() <= guardians.accounts().size()
                && guardians.delayMillis() >= limits.delayMillis()
                && guardians.delayMillis() <= limits.longestDelayMillis();
    }

    private static <T extends Comparable<? super T>> boolean isSorted(List<T> items) {
        for (int i = 1; i < items.size(); i++) {
            if (items.get(i - 1).compareTo(items.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static AccountDecision accepted(AccountEvent event) {
        return new AccountDecision.Accepted(List.of(event));
    }

    private static AccountDecision refused(AccountRejection rejection) {
        return new AccountDecision.Refused(rejection);
    }
}
