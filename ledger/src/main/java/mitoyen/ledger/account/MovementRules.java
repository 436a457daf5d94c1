package mitoyen.ledger.account;

import static mitoyen.ledger.account.AccountRejection.ACCOUNT_CLOSED;
import static mitoyen.ledger.account.AccountRejection.ACCOUNT_NOT_FOUND;
import static mitoyen.ledger.account.AccountRejection.AMOUNT_EXCEEDS_PENDING;
import static mitoyen.ledger.account.AccountRejection.AMOUNT_NOT_POSITIVE;
import static mitoyen.ledger.account.AccountRejection.AMOUNT_NOT_WHOLE;
import static mitoyen.ledger.account.AccountRejection.AMOUNT_OVERFLOW;
import static mitoyen.ledger.account.AccountRejection.ASSET_NOT_FOUND;
import static mitoyen.ledger.account.AccountRejection.CAP_EXCEEDED;
import static mitoyen.ledger.account.AccountRejection.EXPIRY_OUT_OF_RANGE;
import static mitoyen.ledger.account.AccountRejection.FUNDS_INSUFFICIENT;
import static mitoyen.ledger.account.AccountRejection.NOT_AUTHORISED;
import static mitoyen.ledger.account.AccountRejection.ONLY_RECEIVES;
import static mitoyen.ledger.account.AccountRejection.PENDING_NOT_FOUND;
import static mitoyen.ledger.account.AccountRejection.SAME_ACCOUNT;
import static mitoyen.ledger.account.AccountRejection.TOO_MANY_PENDING;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountTransaction.Burn;
import mitoyen.ledger.account.AccountTransaction.Mint;
import mitoyen.ledger.account.AccountTransaction.Move;
import mitoyen.ledger.account.AccountTransaction.PostPending;
import mitoyen.ledger.account.AccountTransaction.Reserve;
import mitoyen.ledger.account.AccountTransaction.VoidPending;
import mitoyen.ledger.account.Authority.Consent;
import mitoyen.ledger.quantity.Amount;

/// What moves, at once or in two phases (LE-102, LE-103, LE-111).
final class MovementRules {
    private final AccountState state;
    private final AccountContext context;
    private final AccountLimits limits;
    private final Authority authority;

    MovementRules(AccountState state, AccountContext context, AccountLimits limits) {
        this.state = state;
        this.context = context;
        this.limits = limits;
        this.authority = new Authority(context.signatures(), context.timeMillis());
    }

    AccountDecision move(Move move) {
        Optional<AccountRejection> mistake = findMistake(move.from(), move.to(), move.amount());
        return mistake.isPresent()
                ? refused(mistake.get())
                : spend(
                        DelegatedKind.TRANSFER,
                        new Transfer(move.asset(), move.from(), move.to(), move.amount()),
                        transfer -> new AccountEvent.Moved(transfer, move.reference()));
    }

    AccountDecision reserve(Reserve reserve) {
        if (reserve.arbiter().map(each -> isSide(each, reserve)).orElse(false)) {
            return refused(SAME_ACCOUNT);
        }
        Optional<AccountRejection> mistake =
                findMistake(reserve.from(), reserve.to(), reserve.amount());
        if (mistake.isPresent()) {
            return refused(mistake.get());
        }
        Transfer transfer =
                new Transfer(reserve.asset(), reserve.from(), reserve.to(), reserve.amount());
        if (reserve.arbiter().isPresent() && state.findHolder(reserve.arbiter().get()).isEmpty()) {
            return refused(ACCOUNT_NOT_FOUND);
        }
        PendingTransfer pending =
                new PendingTransfer(
                        PendingId.of(context.contentHash(), context.step()),
                        transfer,
                        reserve.expiresMillis(),
                        reserve.arbiter(),
                        reserve.reference());
        AccountDecision spent =
                spend(DelegatedKind.RESERVE, transfer, _ -> new AccountEvent.Reserved(pending));
        return switch (spent) {
            case AccountDecision.Refused(var reason)
                    when reason.compareTo(EXPIRY_OUT_OF_RANGE) < 0 ->
                    spent;
            case AccountDecision.Refused _, AccountDecision.Accepted _ ->
                    findObstacle(reserve).map(MovementRules::refused).orElse(spent);
        };
    }

    AccountDecision post(PostPending post) {
        if (post.amount().map(amount -> amount.units() <= 0).orElse(false)) {
            return refused(AMOUNT_NOT_POSITIVE);
        }
        Optional<PendingTransfer> found = find(post.pending());
        if (found.isEmpty()) {
            return refused(PENDING_NOT_FOUND);
        }
        PendingTransfer pending = found.get();
        Amount all = pending.transfer().amount();
        Amount amount = post.amount().orElse(all);
        Optional<AccountRejection> missing = findMissing(DelegatedKind.POST, pending);
        // The payer may give up all of what he reserved, but not decide how much of it.
        boolean givenUp = amount.equals(all) && authority.signsFor(holder(pending.from()));
        if (missing.isPresent() && !givenUp) {
            return refused(missing.get());
        }
        if (amount.units() % terms(pending).step().units() != 0) {
            return refused(AMOUNT_NOT_WHOLE);
        }
        return amount.compareTo(all) > 0
                ? refused(AMOUNT_EXCEEDS_PENDING)
                : accepted(List.of(new AccountEvent.Posted(pending, amount)));
    }

    AccountDecision voidPending(VoidPending voiding) {
        Optional<PendingTransfer> found = find(voiding.pending());
        if (found.isEmpty()) {
            return refused(PENDING_NOT_FOUND);
        }
        PendingTransfer pending = found.get();
        return findMissing(DelegatedKind.VOID, pending)
                .map(MovementRules::refused)
                .orElseGet(() -> accepted(List.of(new AccountEvent.Voided(pending))));
    }

    AccountDecision mint(Mint mint) {
        if (mint.amount().units() <= 0) {
            return refused(AMOUNT_NOT_POSITIVE);
        }
        Optional<AssetTerms> found = state.findAsset(mint.asset());
        Optional<Holder> payee = findSide(mint.to(), mint.asset());
        if (payee.isEmpty() || found.isEmpty()) {
            return refused(payee.isEmpty() ? ACCOUNT_NOT_FOUND : ASSET_NOT_FOUND);
        }
        AssetTerms terms = found.get();
        Optional<Holder> issuer = state.findHolder(terms.issuer());
        if (issuer.isEmpty()) {
            return refused(NOT_AUTHORISED);
        }
        Consent consent =
                authority.consent(
                        issuer.get(), DelegatedKind.MINT, terms, mint.to(), mint.amount(), true);
        if (consent instanceof Consent.Missing(var reason)) {
            return refused(reason);
        }
        AccountId issuance = AccountId.issuance(mint.asset());
        Transfer transfer = new Transfer(mint.asset(), issuance, mint.to(), mint.amount());
        if (!isWhole(terms, mint.amount())) {
            return refused(AMOUNT_NOT_WHOLE);
        }
        if (payee.get().closed() || issuer.get().closed()) {
            return refused(ACCOUNT_CLOSED);
        }
        if (!state.balances().haveRoomFor(mint.asset(), List.of(mint.amount()))) {
            return refused(AMOUNT_OVERFLOW);
        }
        return owes(issuance, transfer).compareTo(terms.cap()) > 0
                ? refused(CAP_EXCEEDED)
                : accepted(consent, new AccountEvent.Moved(transfer, mint.reference()));
    }

    AccountDecision burn(Burn burn) {
        if (burn.amount().units() <= 0) {
            return refused(AMOUNT_NOT_POSITIVE);
        }
        Optional<AssetTerms> found = state.findAsset(burn.asset());
        if (found.isEmpty()) {
            return refused(ASSET_NOT_FOUND);
        }
        AssetTerms terms = found.get();
        Optional<Holder> issuer = findSide(terms.issuer(), burn.asset());
        if (issuer.isEmpty()) {
            return refused(NOT_AUTHORISED);
        }
        Optional<AccountRejection> missing =
                authority.findMissing(issuer.get(), terms, burn.amount());
        if (missing.isPresent()) {
            return refused(missing.get());
        }
        if (!isWhole(terms, burn.amount())) {
            return refused(AMOUNT_NOT_WHOLE);
        }
        if (issuer.get().closed()) {
            return refused(ACCOUNT_CLOSED);
        }
        if (state.limit(terms.issuer(), terms).onlyReceives()) {
            return refused(ONLY_RECEIVES);
        }
        if (!state.balances().haveRoomFor(burn.asset(), List.of(burn.amount()))) {
            return refused(AMOUNT_OVERFLOW);
        }
        Transfer transfer =
                new Transfer(
                        burn.asset(),
                        terms.issuer(),
                        AccountId.issuance(burn.asset()),
                        burn.amount());
        // What others owe the issuer was never minted, and cannot be burnt.
        return owes(terms.issuer(), transfer).units() > 0 || exceedsIssued(transfer)
                ? refused(FUNDS_INSUFFICIENT)
                : accepted(List.of(new AccountEvent.Moved(transfer, burn.reference())));
    }

    /// Whether a transfer from an account may be made, and what happens then.
    private AccountDecision spend(
            DelegatedKind kind,
            Transfer transfer,
            java.util.function.Function<Transfer, AccountEvent> event) {
        Optional<Holder> payer = findSide(transfer.from(), transfer.asset());
        Optional<Holder> payee = findSide(transfer.to(), transfer.asset());
        if (payer.isEmpty() || payee.isEmpty()) {
            return refused(ACCOUNT_NOT_FOUND);
        }
        Optional<AssetTerms> terms = state.findAsset(transfer.asset());
        if (terms.isEmpty()) {
            return refused(ASSET_NOT_FOUND);
        }
        Amount amount = transfer.amount();
        Consent consent =
                authority.consent(payer.get(), kind, terms.get(), transfer.to(), amount, true);
        if (consent instanceof Consent.Missing(var reason)) {
            return refused(reason);
        }
        if (!isWhole(terms.get(), amount)) {
            return refused(AMOUNT_NOT_WHOLE);
        }
        if (payer.get().closed() || payee.get().closed()) {
            return refused(ACCOUNT_CLOSED);
        }
        Limit limit = state.limit(transfer.from(), terms.get());
        if (limit.onlyReceives()) {
            return refused(ONLY_RECEIVES);
        }
        if (!state.balances().haveRoomFor(transfer.asset(), List.of(amount))) {
            return refused(AMOUNT_OVERFLOW);
        }
        return owes(transfer.from(), transfer).compareTo(limit.owing()) > 0
                ? refused(FUNDS_INSUFFICIENT)
                : accepted(consent, event.apply(transfer));
    }

    private static Optional<AccountRejection> findMistake(
            AccountId from, AccountId to, Amount amount) {
        if (from.equals(to)) {
            return Optional.of(SAME_ACCOUNT);
        }
        return amount.units() <= 0 ? Optional.of(AMOUNT_NOT_POSITIVE) : Optional.empty();
    }

    private Optional<AccountRejection> findObstacle(Reserve reserve) {
        long latest = Times.after(context.timeMillis(), limits.pendingMillis());
        if (reserve.expiresMillis() <= context.timeMillis() || reserve.expiresMillis() > latest) {
            return Optional.of(EXPIRY_OUT_OF_RANGE);
        }
        return state.pending().count(reserve.from()) >= limits.pending()
                ? Optional.of(TOO_MANY_PENDING)
                : Optional.empty();
    }

    /// What is pending and not over: its timer may be late, since few fire in a block.
    private Optional<PendingTransfer> find(PendingId id) {
        return state.pending()
                .find(id)
                .filter(pending -> context.timeMillis() < pending.expiresMillis());
    }

    private static boolean isSide(AccountId account, Reserve reserve) {
        return account.equals(reserve.from()) || account.equals(reserve.to());
    }

    /// The holder of one side of a movement: of the asset's issuance account there is none, be it
    /// that somebody opened an account of that name.
    private Optional<Holder> findSide(AccountId account, Asset asset) {
        return account.equals(AccountId.issuance(asset))
                ? Optional.empty()
                : state.findHolder(account);
    }

    /// Why neither the payee nor the arbiter consents, as the payee is refused.
    private Optional<AccountRejection> findMissing(DelegatedKind kind, PendingTransfer pending) {
        Optional<AccountRejection> missing = findMissing(kind, pending, pending.to());
        boolean settled =
                missing.isEmpty()
                        || pending.arbiter()
                                .map(arbiter -> findMissing(kind, pending, arbiter).isEmpty())
                                .orElse(false);
        return settled ? Optional.empty() : missing;
    }

    private Optional<AccountRejection> findMissing(
            DelegatedKind kind, PendingTransfer pending, AccountId party) {
        return switch (authority.consent(
                holder(party), kind, terms(pending), pending.from(), Amount.ZERO, false)) {
            case Consent.Given _ -> Optional.empty();
            case Consent.Missing(var reason) -> Optional.of(reason);
        };
    }

    /// Of an account that was opened when something was reserved, and so is there.
    private Holder holder(AccountId account) {
        return state.findHolder(account).orElseThrow();
    }

    private AssetTerms terms(PendingTransfer pending) {
        return state.findAsset(pending.transfer().asset()).orElseThrow();
    }

    private static boolean isWhole(AssetTerms terms, Amount amount) {
        return amount.units() % terms.step().units() == 0;
    }

    /// What an account would owe after a transfer that there is room for; negative where something
    /// is left. No sum here exceeds a `long`: what an account has reserved and paid is a part of
    /// what all have.
    private Amount owes(AccountId payer, Transfer transfer) {
        Amount available = state.balances().account(payer, transfer.asset()).available();
        return transfer.amount().minus(available);
    }

    /// Whether more would be burnt than was ever minted.
    private boolean exceedsIssued(Transfer burnt) {
        Amount issued = Amount.ZERO.minus(state.balances().balance(burnt.to(), burnt.asset()));
        return burnt.amount().compareTo(issued) > 0;
    }

    private static AccountDecision accepted(Consent consent, AccountEvent event) {
        List<AccountEvent> events = new ArrayList<>();
        if (consent instanceof Consent.Given(var spent)) {
            spent.ifPresent(events::add);
        }
        events.add(event);
        return accepted(events);
    }

    private static AccountDecision accepted(List<AccountEvent> events) {
        return new AccountDecision.Accepted(events);
    }

    private static AccountDecision refused(AccountRejection rejection) {
        return new AccountDecision.Refused(rejection);
    }
}
