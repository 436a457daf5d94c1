package mitoyen.ledger.account;

import static mitoyen.ledger.account.AccountRejection.ACCOUNT_CLOSED;
import static mitoyen.ledger.account.AccountRejection.ACCOUNT_EXISTS;
import static mitoyen.ledger.account.AccountRejection.ACCOUNT_NOT_FOUND;
import static mitoyen.ledger.account.AccountRejection.ASSET_EXISTS;
import static mitoyen.ledger.account.AccountRejection.ASSET_INVALID;
import static mitoyen.ledger.account.AccountRejection.ASSET_NOT_FOUND;
import static mitoyen.ledger.account.AccountRejection.LIMIT_INVALID;
import static mitoyen.ledger.account.AccountRejection.NOT_AUTHORISED;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountTransaction.Burn;
import mitoyen.ledger.account.AccountTransaction.CancelRecovery;
import mitoyen.ledger.account.AccountTransaction.CloseAccount;
import mitoyen.ledger.account.AccountTransaction.CreateAsset;
import mitoyen.ledger.account.AccountTransaction.Delegate;
import mitoyen.ledger.account.AccountTransaction.Mint;
import mitoyen.ledger.account.AccountTransaction.Move;
import mitoyen.ledger.account.AccountTransaction.OpenAccount;
import mitoyen.ledger.account.AccountTransaction.PostPending;
import mitoyen.ledger.account.AccountTransaction.Recover;
import mitoyen.ledger.account.AccountTransaction.Reserve;
import mitoyen.ledger.account.AccountTransaction.Revoke;
import mitoyen.ledger.account.AccountTransaction.SetGuardians;
import mitoyen.ledger.account.AccountTransaction.SetLimit;
import mitoyen.ledger.account.AccountTransaction.SetSigners;
import mitoyen.ledger.account.AccountTransaction.VoidPending;
import mitoyen.ledger.quantity.Amount;

/// The rules of accounts (LE-100 to LE-130): who may open one, who signs for it, what moves.
///
/// Who signs is decided by [SignerRules], what moves by [MovementRules].
public final class AccountContract {
    private final AccountId founder;
    private final AccountLimits limits;

    /// The rules as a ledger's genesis sets them.
    ///
    /// @param founder the account that opens accounts and creates assets
    public AccountContract(AccountId founder, AccountLimits limits) {
        this.founder = founder;
        this.limits = limits;
    }

    /// What comes of a step: events, or the first reason against it. Writes nothing, and is total
    /// for whatever a step can hold.
    public AccountDecision decide(
            AccountState state, AccountContext context, AccountTransaction step) {
        SignerRules signers = new SignerRules(state, context, limits);
        MovementRules movements = new MovementRules(state, context, limits);
        return switch (step) {
            case OpenAccount opening -> open(state, context, signers, opening);
            case CreateAsset creation -> create(state, context, creation.terms());
            case SetLimit setting -> limit(state, context, setting.limit());
            case SetSigners setting -> signers.set(setting);
            case Delegate delegating -> signers.delegate(delegating);
            case Revoke revoking -> signers.revoke(revoking);
            case SetGuardians setting -> signers.setGuardians(setting);
            case Recover recovery -> signers.recover(recovery);
            case CancelRecovery cancelling -> signers.cancelRecovery(cancelling);
            case CloseAccount closing -> signers.close(closing);
            case Mint mint -> movements.mint(mint);
            case Burn burn -> movements.burn(burn);
            case Move move -> movements.move(move);
            case Reserve reserve -> movements.reserve(reserve);
            case PostPending post -> movements.post(post);
            case VoidPending voiding -> movements.voidPending(voiding);
        };
    }

    /// What happens to a pending transfer whose time is over; nothing if it is pending no more.
    public Optional<AccountEvent> expire(AccountState state, PendingId id) {
        return state.pending().find(id).map(AccountEvent.Expired::new);
    }

    /// What happens to a recovery that is due; nothing if there is none.
    public Optional<AccountEvent> completeRecovery(AccountState state, AccountId account) {
        return state.findHolder(account)
                .flatMap(Holder::recovery)
                .map(recovery -> new AccountEvent.Recovered(account));
    }

    /// The state after an event. Cannot refuse.
    public AccountState apply(AccountState state, AccountEvent event) {
        return switch (event) {
            case AccountEvent.AccountOpened(var account, var signers) ->
                    state.with(Holder.opened(account, signers));
            case AccountEvent.SignersSet(var account, var signers) ->
                    state.change(account, holder -> holder.withSigners(signers));
            case AccountEvent.Delegated(var account, var delegation) ->
                    state.change(account, holder -> holder.with(delegation));
            case AccountEvent.DelegationRevoked(var account, var key) ->
                    state.change(account, holder -> holder.without(key));
            case AccountEvent.AllowanceSpent spent ->
                    state.change(spent.account(), holder -> holder.with(spentBy(holder, spent)));
            case AccountEvent.GuardiansSet(var account, var guardians) ->
                    state.change(account, holder -> holder.withGuardians(guardians));
            case AccountEvent.RecoveryBegun(var account, var recovery) ->
                    state.change(account, holder -> holder.withRecovery(Optional.of(recovery)));
            case AccountEvent.RecoveryCancelled(var account, _) ->
                    state.change(account, holder -> holder.withRecovery(Optional.empty()));
            case AccountEvent.Recovered(var account) ->
                    state.change(account, AccountContract::recovered);
            case AccountEvent.AccountClosed(var account) -> state.change(account, Holder::close);
            case AccountEvent.AssetCreated(var terms) -> state.with(terms);
            case AccountEvent.LimitSet(var limit) -> state.with(limit);
            case AccountEvent.Moved(var transfer, _) ->
                    state.with(state.balances().after(transfer));
            case AccountEvent.Reserved(var pending) ->
                    state.with(
                            state.balances().reserved(pending.transfer()),
                            state.pending().with(pending));
            case AccountEvent.Posted(var pending, var amount) ->
                    state.with(
                            state.balances()
                                    .released(pending.transfer())
                                    .after(part(pending.transfer(), amount)),
                            state.pending().without(pending));
            case AccountEvent.Voided(var pending) -> release(state, pending);
            case AccountEvent.Expired(var pending) -> release(state, pending);
        };
    }

    private AccountDecision open(
            AccountState state, AccountContext context, SignerRules signers, OpenAccount opening) {
        if (!signers.areValid(opening.signers())) {
            return new AccountDecision.Refused(AccountRejection.SIGNERS_INVALID);
        }
        Authority authority = new Authority(context.signatures(), context.timeMillis());
        Holder opener = state.findHolder(founder).orElseThrow();
        Optional<AccountRejection> missing =
                authority.findMissing(opener, DelegatedKind.OPEN_ACCOUNT);
        if (missing.isPresent()) {
            return new AccountDecision.Refused(missing.get());
        }
        if (state.findHolder(opening.account()).isPresent()) {
            return new AccountDecision.Refused(ACCOUNT_EXISTS);
        }
        if (opener.closed()) {
            return new AccountDecision.Refused(ACCOUNT_CLOSED);
        }
        return accepted(new AccountEvent.AccountOpened(opening.account(), opening.signers()));
    }

    private AccountDecision create(AccountState state, AccountContext context, AssetTerms terms) {
        if (!terms.isValid()) {
            return new AccountDecision.Refused(ASSET_INVALID);
        }
        Authority authority = new Authority(context.signatures(), context.timeMillis());
        Optional<Holder> issuer = state.findHolder(terms.issuer());
        if (issuer.isEmpty()) {
            return new AccountDecision.Refused(ACCOUNT_NOT_FOUND);
        }
        Holder creator = state.findHolder(founder).orElseThrow();
        if (!authority.signsFor(creator)) {
            return new AccountDecision.Refused(NOT_AUTHORISED);
        }
        // Under version 1 a claim could be made on any account, so on the issuance account too.
        if (state.findAsset(terms.asset()).isPresent()
                || state.balances().isUsed(AccountId.issuance(terms.asset()), terms.asset())) {
            return new AccountDecision.Refused(ASSET_EXISTS);
        }
        if (creator.closed() || issuer.get().closed()) {
            return new AccountDecision.Refused(ACCOUNT_CLOSED);
        }
        return accepted(new AccountEvent.AssetCreated(terms));
    }

    private static AccountDecision limit(AccountState state, AccountContext context, Limit limit) {
        if (limit.owing().units() < 0) {
            return new AccountDecision.Refused(LIMIT_INVALID);
        }
        Optional<Holder> holder = state.findHolder(limit.account());
        if (holder.isEmpty()) {
            return new AccountDecision.Refused(ACCOUNT_NOT_FOUND);
        }
        Optional<AssetTerms> terms = state.findAsset(limit.asset());
        if (terms.isEmpty()) {
            return new AccountDecision.Refused(ASSET_NOT_FOUND);
        }
        Authority authority = new Authority(context.signatures(), context.timeMillis());
        Optional<Holder> issuer = state.findHolder(terms.get().issuer());
        if (!issuer.map(authority::signsFor).orElse(false)) {
            return new AccountDecision.Refused(NOT_AUTHORISED);
        }
        if (holder.get().closed() || issuer.map(Holder::closed).orElse(false)) {
            return new AccountDecision.Refused(ACCOUNT_CLOSED);
        }
        return accepted(new AccountEvent.LimitSet(limit));
    }

    private static AccountDecision accepted(AccountEvent event) {
        return new AccountDecision.Accepted(List.of(event));
    }

    private static Delegation spentBy(Holder holder, AccountEvent.AllowanceSpent spent) {
        return holder.findDelegation(spent.key())
                .orElseThrow()
                .spent(spent.asset(), spent.amount(), spent.timeMillis());
    }

    /// A key that was named as lost counts for nothing afterwards either: its delegation is gone.
    private static Holder recovered(Holder holder) {
        Recovery recovery = holder.recovery().orElseThrow();
        Holder recovered = holder.withSigners(recovery.signers()).withRecovery(Optional.empty());
        for (SignerKey lost : recovery.lost()) {
            recovered = recovered.without(lost);
        }
        return recovered;
    }

    private static AccountState release(AccountState state, PendingTransfer pending) {
        return state.with(
                state.balances().released(pending.transfer()), state.pending().without(pending));
    }

    private static Transfer part(Transfer transfer, Amount amount) {
        return new Transfer(transfer.asset(), transfer.from(), transfer.to(), amount);
    }
}
