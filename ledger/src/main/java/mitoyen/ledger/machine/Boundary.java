package mitoyen.ledger.machine;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountDecision;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountRejection;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Authority;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.energy.EnergyRejection;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;

/// What the rules of accounts and the energy contract, which do not know each other, must leave
/// alone of each other's (LE-153): else a transfer to a clearing account, or a claim on an asset's
/// issuance account, would break what must always hold and halt the ledger.
final class Boundary {
    private final Genesis genesis;
    private final State state;

    Boundary(Genesis genesis, State state) {
        this.genesis = genesis;
        this.state = state;
    }

    /// The decision about a step of accounts, unless it names a clearing account as if somebody had
    /// opened it, or creates an asset that would be issued from one. The first reason holds, as
    /// they are listed.
    AccountDecision check(AccountTransaction step, AccountDecision decision) {
        Optional<AccountRejection> breach = findBreach(step);
        return switch (decision) {
            case AccountDecision.Refused(var reason)
                    when breach.isEmpty() || reason.compareTo(breach.get()) < 0 ->
                    decision;
            case AccountDecision.Refused _, AccountDecision.Accepted _ ->
                    breach.<AccountDecision>map(AccountDecision.Refused::new).orElse(decision);
        };
    }

    /// Why a step that the energy contract accepts is refused nevertheless: it would clear claims
    /// on an asset's issuance account, or claim from or for it.
    Optional<Rejection> findBreach(EnergyTransaction step) {
        if (step instanceof FoundCommunity founding
                && founding.clearing().equals(AccountId.issuance(founding.claims()))) {
            return Optional.of(new Rejection.OfEnergy(EnergyRejection.CLEARING_IN_USE));
        }
        return step instanceof ClaimMonth claim && touchesIssuance(claim)
                ? Optional.of(new Rejection.OfAccount(AccountRejection.ACCOUNT_NOT_FOUND))
                : Optional.empty();
    }

    /// Whether claims, be it that they wait still, would move something from or to the issuance
    /// account of their asset.
    private boolean touchesIssuance(ClaimMonth claim) {
        EnergyState.Community community =
                state.energy().findCommunity(claim.community()).orElseThrow();
        AccountId issuance = AccountId.issuance(community.claims());
        return (!claim.claims().isEmpty() && community.clearing().equals(issuance))
                || claim.claims().stream().anyMatch(each -> each.account().equals(issuance));
    }

    /// Whose signatures the energy contract sees: the founder's account consents to the founding of
    /// a community, whatever keys it has by now.
    SortedSet<SignerKey> signers(
            EnergyTransaction step, VerifiedTransaction verified, Authority authority) {
        if (!(step instanceof FoundCommunity)) {
            return verified.signers();
        }
        SortedSet<SignerKey> signers = new TreeSet<>(verified.signers());
        if (state.account()
                .findHolder(genesis.founderAccount())
                .map(authority::signsFor)
                .orElse(false)) {
            signers.add(genesis.founder());
        } else {
            signers.remove(genesis.founder());
        }
        return Collections.unmodifiableSortedSet(signers);
    }

    private Optional<AccountRejection> findBreach(AccountTransaction step) {
        return switch (step) {
            case AccountTransaction.Move move
                    when isClearing(move.from()) || isClearing(move.to()) ->
                    Optional.of(AccountRejection.ACCOUNT_NOT_FOUND);
            case AccountTransaction.Reserve reserve
                    when isClearing(reserve.from()) || isClearing(reserve.to()) ->
                    Optional.of(AccountRejection.ACCOUNT_NOT_FOUND);
            case AccountTransaction.Mint mint when isClearing(mint.to()) ->
                    Optional.of(AccountRejection.ACCOUNT_NOT_FOUND);
            case AccountTransaction.CreateAsset(var terms)
                    when isClearing(AccountId.issuance(terms.asset())) ->
                    Optional.of(AccountRejection.ASSET_EXISTS);
            case AccountTransaction.Move _,
                    AccountTransaction.Reserve _,
                    AccountTransaction.Mint _,
                    AccountTransaction.CreateAsset _,
                    AccountTransaction.OpenAccount _,
                    AccountTransaction.SetSigners _,
                    AccountTransaction.Delegate _,
                    AccountTransaction.Revoke _,
                    AccountTransaction.SetGuardians _,
                    AccountTransaction.Recover _,
                    AccountTransaction.CancelRecovery _,
                    AccountTransaction.CloseAccount _,
                    AccountTransaction.SetLimit _,
                    AccountTransaction.Burn _,
                    AccountTransaction.PostPending _,
                    AccountTransaction.VoidPending _ ->
                    Optional.empty();
        };
    }

    private boolean isClearing(AccountId account) {
        return state.energy().isClearing(account);
    }
}
