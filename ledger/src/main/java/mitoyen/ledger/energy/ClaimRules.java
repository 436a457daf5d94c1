package mitoyen.ledger.energy;

import static mitoyen.ledger.energy.EnergyRejection.CLAIMS_OUT_OF_ORDER;
import static mitoyen.ledger.energy.EnergyRejection.CLAIMS_UNBALANCED;
import static mitoyen.ledger.energy.EnergyRejection.CLAIM_IS_ZERO;
import static mitoyen.ledger.energy.EnergyRejection.CLAIM_NOT_WHOLE_CENTS;
import static mitoyen.ledger.energy.EnergyRejection.CLAIM_ON_CLEARING;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.energy.EnergyState.Community;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.quantity.Amount;

/// What claims must be by themselves, and which transfers they become (LE-38, LE-39).
final class ClaimRules {
    private ClaimRules() {}

    /// What is wrong with claims by themselves.
    static Optional<EnergyRejection> findMistake(List<Claim> claims, EnergyState state) {
        for (int i = 1; i < claims.size(); i++) {
            if (claims.get(i - 1).account().compareTo(claims.get(i).account()) >= 0) {
                return Optional.of(CLAIMS_OUT_OF_ORDER);
            }
        }
        if (claims.stream().anyMatch(claim -> claim.amount().micros() == 0)) {
            return Optional.of(CLAIM_IS_ZERO);
        }
        if (claims.stream().anyMatch(claim -> claim.amount().micros() % Asset.CENT != 0)) {
            return Optional.of(CLAIM_NOT_WHOLE_CENTS);
        }
        if (claims.stream().anyMatch(claim -> state.isClearing(claim.account()))) {
            return Optional.of(CLAIM_ON_CLEARING);
        }
        return sum(claims).signum() == 0 ? Optional.empty() : Optional.of(CLAIMS_UNBALANCED);
    }

    /// The claims as movements from and to the clearing account, in their order.
    static List<Transfer> transfers(List<Claim> claims, Community community) {
        return claims.stream().map(each -> transfer(each, community)).toList();
    }

    /// Whether the accounts have room for all of them.
    static boolean haveRoom(Accounts accounts, Community community, List<Transfer> transfers) {
        List<Amount> amounts = transfers.stream().map(Transfer::amount).toList();
        return accounts.haveRoomFor(community.claims(), amounts);
    }

    private static BigInteger sum(List<Claim> claims) {
        return claims.stream()
                .map(claim -> BigInteger.valueOf(claim.amount().micros()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /// A claim as a movement from or to the clearing account. Whole cents are never the one amount
    /// that has no positive counterpart.
    private static Transfer transfer(Claim claim, Community community) {
        long micros = claim.amount().micros();
        AccountId clearing = community.clearing();
        return micros > 0
                ? new Transfer(community.claims(), clearing, claim.account(), new Amount(micros))
                : new Transfer(community.claims(), claim.account(), clearing, new Amount(-micros));
    }
}
