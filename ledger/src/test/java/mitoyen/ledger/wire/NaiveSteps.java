package mitoyen.ledger.wire;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.AccountTransaction.Burn;
import mitoyen.ledger.account.AccountTransaction.Mint;
import mitoyen.ledger.account.AccountTransaction.PostPending;
import mitoyen.ledger.account.AccountTransaction.Reserve;
import mitoyen.ledger.account.AccountTransaction.VoidPending;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.DelegatedKind;
import mitoyen.ledger.account.Guardians;
import mitoyen.ledger.account.Limit;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.Recovery;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.quantity.Amount;
import mitoyen.ledger.wire.NaiveOwners.Owner;

/// Each step that may be asked of the accounts, for [NaiveLedger]: the questions of LE-130 in the
/// order of the list, then what changes.
class NaiveSteps extends NaiveAccounts {
    NaiveSteps(Parameters limits, AccountId founder) {
        super(limits, founder);
    }

    void execute(AccountTransaction step, PendingId id) {
        switch (step) {
            case AccountTransaction.OpenAccount(var account, var signers) -> {
                refuse(!NaiveOwners.valid(signers, limits), "SIGNERS_INVALID");
                mayOpen();
                refuse(owners.containsKey(account), "ACCOUNT_EXISTS");
                refuse(owner(founder).closed(), "ACCOUNT_CLOSED");
                owners.put(account, Owner.opened(signers));
            }
            case AccountTransaction.SetSigners(var account, var signers) -> {
                refuse(!NaiveOwners.valid(signers, limits), "SIGNERS_INVALID");
                speaks(account);
                change(account, o -> o.with(signers));
            }
            case AccountTransaction.Delegate(var account, var delegation) -> {
                refuse(!NaiveOwners.valid(delegation, limits, timeMillis), "DELEGATION_INVALID");
                speaks(account);
                var known = owner(account).delegations();
                refuse(
                        !known.containsKey(delegation.key())
                                && known.size() >= limits.accounts().delegations(),
                        "TOO_MANY_DELEGATIONS");
                change(account, o -> o.with(delegation, timeMillis));
            }
            case AccountTransaction.Revoke(var account, var key) -> {
                speaks(account);
                refuse(!owner(account).delegations().containsKey(key), "DELEGATION_NOT_FOUND");
                change(account, o -> o.without(List.of(key)));
            }
            case AccountTransaction.SetGuardians(var account, var guardians) -> {
                guardians.ifPresent(each -> guard(account, each));
                speaks(account);
                change(account, o -> o.guarded(guardians));
            }
            case AccountTransaction.Recover recover -> recover(recover);
            case AccountTransaction.CancelRecovery(var account) -> {
                refuse(!owners.containsKey(account), "ACCOUNT_NOT_FOUND");
                refuse(owner(account).weight(signatures, false) == 0, "NOT_AUTHORISED");
                refuse(owner(account).recovery().isEmpty(), "NO_RECOVERY");
                change(account, o -> o.recovering(Optional.empty()));
            }
            case AccountTransaction.CloseAccount(var account) -> {
                speaks(account);
                change(account, Owner::close);
            }
            case AccountTransaction.CreateAsset(var terms) -> create(terms);
            case AccountTransaction.SetLimit(var limit) -> limit(limit);
            case Mint mint -> mint(mint);
            case Burn burn -> burn(burn);
            case AccountTransaction.Move move -> {
                refuse(move.from().equals(move.to()), "SAME_ACCOUNT");
                pay(
                        DelegatedKind.TRANSFER,
                        move.asset(),
                        move.from(),
                        move.to(),
                        move.amount(),
                        Optional.empty());
                moved(move.asset(), move.from(), move.to(), big(move.amount().units()));
            }
            case Reserve reserve -> {
                refuse(
                        reserve.from().equals(reserve.to())
                                || reserve.arbiter().equals(Optional.of(reserve.from()))
                                || reserve.arbiter().equals(Optional.of(reserve.to())),
                        "SAME_ACCOUNT");
                pay(
                        DelegatedKind.RESERVE,
                        reserve.asset(),
                        reserve.from(),
                        reserve.to(),
                        reserve.amount(),
                        Optional.of(reserve));
                BigInteger amount = big(reserve.amount().units());
                holds.put(
                        id,
                        new Hold(
                                reserve.asset(),
                                reserve.from(),
                                reserve.to(),
                                amount,
                                reserve.expiresMillis(),
                                reserve.arbiter()));
                add(reserve.from(), reserve.asset(), amount, 0);
                add(reserve.to(), reserve.asset(), amount, 2);
            }
            case PostPending post -> post(post);
            case VoidPending(var pending) -> {
                Hold hold = hold(pending);
                settles(DelegatedKind.VOID, hold, false);
                release(pending);
            }
        }
    }

    private void mayOpen() {
        Owner owner = owner(founder);
        if (!signs(owner)) {
            refuse(live(owner).isEmpty(), "NOT_AUTHORISED");
            refuse(
                    live(owner).stream()
                            .noneMatch(each -> each.kinds().contains(DelegatedKind.OPEN_ACCOUNT)),
                    "BEYOND_DELEGATION");
        }
    }

    private void guard(AccountId account, Guardians guardians) {
        var bounds = limits.accounts();
        refuse(
                guardians.accounts().isEmpty()
                        || guardians.accounts().size() > bounds.guardians()
                        || !NaiveOwners.rising(guardians.accounts())
                        || guardians.accounts().contains(account)
                        || guardians.threshold() < 1
                        || guardians.threshold() > guardians.accounts().size()
                        || guardians.delayMillis() < bounds.delayMillis()
                        || guardians.delayMillis() > bounds.longestDelayMillis(),
                "GUARDIANS_INVALID");
        refuse(!owners.keySet().containsAll(guardians.accounts()), "ACCOUNT_NOT_FOUND");
    }

    private void recover(AccountTransaction.Recover recover) {
        refuse(
                !NaiveOwners.valid(recover.signers(), limits)
                        || recover.lost().size() > limits.accounts().signers()
                        || !NaiveOwners.rising(recover.lost()),
                "SIGNERS_INVALID");
        refuse(!owners.containsKey(recover.account()), "ACCOUNT_NOT_FOUND");
        Owner owner = owner(recover.account());
        long given =
                owner.guardians().map(Guardians::accounts).orElse(List.of()).stream()
                        .filter(each -> signs(owner(each)))
                        .count();
        refuse(
                owner.guardians().isEmpty() || given < owner.guardians().get().threshold(),
                "NOT_AUTHORISED");
        refuse(owner.closed(), "ACCOUNT_CLOSED");
        refuse(owner.recovery().isPresent(), "RECOVERY_UNDER_WAY");
        long due = timeMillis + owner.guardians().orElseThrow().delayMillis();
        Recovery recovery = new Recovery(recover.lost(), recover.signers(), due);
        change(recover.account(), o -> o.recovering(Optional.of(recovery)));
    }

    void recovered(AccountId account) {
        Recovery recovery = owner(account).recovery().orElseThrow();
        change(
                account,
                o ->
                        o.with(recovery.signers())
                                .recovering(Optional.empty())
                                .without(recovery.lost()));
    }

    private void create(AssetTerms terms) {
        refuse(
                terms.step().units() < 1
                        || terms.cap().units() < 0
                        || terms.owing().units() < 0
                        || terms.verifyAbove().units() < 0,
                "ASSET_INVALID");
        refuse(!owners.containsKey(terms.issuer()), "ACCOUNT_NOT_FOUND");
        refuse(!signs(owner(founder)), "NOT_AUTHORISED");
        refuse(assets.containsKey(terms.asset()), "ASSET_EXISTS");
        refuse(owner(founder).closed() || owner(terms.issuer()).closed(), "ACCOUNT_CLOSED");
        assets.put(terms.asset(), terms);
    }

    private void limit(Limit limit) {
        refuse(limit.owing().units() < 0, "LIMIT_INVALID");
        refuse(!owners.containsKey(limit.account()), "ACCOUNT_NOT_FOUND");
        refuse(!assets.containsKey(limit.asset()), "ASSET_NOT_FOUND");
        AccountId issues = terms(limit.asset()).issuer();
        refuse(!owners.containsKey(issues) || !signs(owner(issues)), "NOT_AUTHORISED");
        Owner issuer = owner(issues);
        refuse(issuer.closed() || owner(limit.account()).closed(), "ACCOUNT_CLOSED");
        set.put(limit.account() + "/" + limit.asset(), limit);
    }

    private void mint(Mint mint) {
        refuse(mint.amount().units() <= 0, "AMOUNT_NOT_POSITIVE");
        AccountId out = AccountId.issuance(mint.asset());
        refuse(!owners.containsKey(mint.to()) || mint.to().equals(out), "ACCOUNT_NOT_FOUND");
        refuse(!assets.containsKey(mint.asset()), "ASSET_NOT_FOUND");
        AssetTerms terms = terms(mint.asset());
        refuse(!owners.containsKey(terms.issuer()), "NOT_AUTHORISED");
        Owner issuer = owner(terms.issuer());
        consents(terms.issuer(), DelegatedKind.MINT, terms, mint.to(), mint.amount());
        BigInteger amount = whole(terms, mint.amount());
        refuse(issuer.closed() || owner(mint.to()).closed(), "ACCOUNT_CLOSED");
        room(mint.asset(), amount);
        refuse(
                available(out, mint.asset()).negate().add(amount).compareTo(big(terms.cap())) > 0,
                "CAP_EXCEEDED");
        moved(mint.asset(), out, mint.to(), amount);
    }

    private void burn(Burn burn) {
        refuse(burn.amount().units() <= 0, "AMOUNT_NOT_POSITIVE");
        refuse(!assets.containsKey(burn.asset()), "ASSET_NOT_FOUND");
        AssetTerms terms = terms(burn.asset());
        AccountId issuer = terms.issuer();
        refuse(!owners.containsKey(issuer), "NOT_AUTHORISED");
        signersConsent(owner(issuer), terms, burn.amount())
                .ifPresent(reason -> refuse(true, reason));
        BigInteger amount = whole(terms, burn.amount());
        refuse(owner(issuer).closed(), "ACCOUNT_CLOSED");
        refuse(onlyReceives(issuer, burn.asset()), "ONLY_RECEIVES");
        room(burn.asset(), amount);
        AccountId out = AccountId.issuance(burn.asset());
        refuse(
                available(issuer, burn.asset()).compareTo(amount) < 0
                        || available(out, burn.asset()).negate().compareTo(amount) < 0,
                "FUNDS_INSUFFICIENT");
        moved(burn.asset(), issuer, out, amount);
    }

    private void pay(
            DelegatedKind kind,
            Asset asset,
            AccountId from,
            AccountId to,
            Amount asked,
            Optional<Reserve> reserve) {
        refuse(asked.units() <= 0, "AMOUNT_NOT_POSITIVE");
        AccountId out = AccountId.issuance(asset);
        refuse(
                !owners.containsKey(from)
                        || !owners.containsKey(to)
                        || from.equals(out)
                        || to.equals(out)
                        || !owners.keySet()
                                .containsAll(reserve.flatMap(Reserve::arbiter).stream().toList()),
                "ACCOUNT_NOT_FOUND");
        refuse(!assets.containsKey(asset), "ASSET_NOT_FOUND");
        AssetTerms terms = terms(asset);
        consents(from, kind, terms, to, asked);
        BigInteger amount = whole(terms, asked);
        refuse(owner(from).closed() || owner(to).closed(), "ACCOUNT_CLOSED");
        reserve.ifPresent(each -> {
            BigInteger ahead = big(each.expiresMillis()).subtract(big(timeMillis));
            refuse(
                    ahead.signum() <= 0
                            || ahead.compareTo(big(limits.accounts().pendingMillis())) > 0,
                    "EXPIRY_OUT_OF_RANGE");
            refuse(
                    holds.values().stream().filter(h -> h.from().equals(from)).count()
                            >= limits.accounts().pending(),
                    "TOO_MANY_PENDING");
        });
        refuse(onlyReceives(from, asset), "ONLY_RECEIVES");
        room(asset, amount);
        refuse(
                available(from, asset).add(owing(from, terms)).compareTo(amount) < 0,
                "FUNDS_INSUFFICIENT");
    }

    private void post(PostPending post) {
        refuse(post.amount().map(part -> part.units() <= 0).orElse(false), "AMOUNT_NOT_POSITIVE");
        Hold hold = hold(post.pending());
        BigInteger amount = post.amount().map(NaiveLedger::big).orElse(hold.amount());
        settles(DelegatedKind.POST, hold, amount.equals(hold.amount()));
        BigInteger step = big(terms(hold.asset()).step());
        refuse(amount.mod(step).signum() != 0, "AMOUNT_NOT_WHOLE");
        refuse(amount.compareTo(hold.amount()) > 0, "AMOUNT_EXCEEDS_PENDING");
        release(post.pending());
        moved(hold.asset(), hold.from(), hold.to(), amount);
    }

    private Hold hold(PendingId id) {
        refuse(!holds.containsKey(id), "PENDING_NOT_FOUND");
        Hold hold = Objects.requireNonNull(holds.get(id));
        refuse(hold.expires() <= timeMillis, "PENDING_NOT_FOUND");
        return hold;
    }

    private void settles(DelegatedKind kind, Hold hold, boolean byPayer) {
        Optional<String> payee = reason(hold.to(), kind, hold.asset(), hold.from());
        boolean arbiter =
                hold.arbiter()
                        .map(each -> reason(each, kind, hold.asset(), hold.from()).isEmpty())
                        .orElse(false);
        boolean payer = byPayer && signs(owner(hold.from()));
        refuse(payee.isPresent() && !arbiter && !payer, payee.orElse(""));
    }

    private Optional<String> reason(AccountId of, DelegatedKind kind, Asset asset, AccountId with) {
        Owner owner = owner(of);
        if (signs(owner) || live(owner).stream().anyMatch(d -> covers(d, kind, asset, with))) {
            return Optional.empty();
        }
        return Optional.of(live(owner).isEmpty() ? "NOT_AUTHORISED" : "BEYOND_DELEGATION");
    }
}
