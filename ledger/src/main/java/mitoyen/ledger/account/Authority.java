package mitoyen.ledger.account;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.quantity.Amount;

/// For whom the signatures of a transaction speak (LE-120 to LE-124).
public final class Authority {
    private final List<VerifiedSignature> signatures;
    private final long timeMillis;

    /// What these signatures are worth at a time.
    ///
    /// @param signatures all verified
    /// @param timeMillis of the block [ms since 1970]
    public Authority(List<VerifiedSignature> signatures, long timeMillis) {
        this.signatures = signatures;
        this.timeMillis = timeMillis;
    }

    /// Whether any key of the account signed, be it a delegated one: enough to send in its name,
    /// not to do anything with it.
    public boolean speaksFor(Holder holder) {
        return anySigner(holder)
                || signatures.stream().anyMatch(each -> findDelegation(holder, each).isPresent());
    }

    /// Whether any key of the account signed that signs for all of it.
    boolean anySigner(Holder holder) {
        return weight(holder, false) > 0;
    }

    /// Whether the account's signers reach its threshold.
    public boolean signsFor(Holder holder) {
        return weight(holder, false) >= holder.signers().threshold();
    }

    /// Whether an account consents to a movement, by its signers or by a delegated key.
    ///
    /// @param kind what is done
    /// @param terms of the asset
    /// @param counterparty the other side
    /// @param amount how much
    /// @param spends whether a delegated key spends its allowance by it
    Consent consent(
            Holder holder,
            DelegatedKind kind,
            AssetTerms terms,
            AccountId counterparty,
            Amount amount,
            boolean spends) {
        Optional<AccountRejection> unsigned = findMissing(holder, terms, amount);
        if (unsigned.isEmpty()) {
            return new Consent.Given(Optional.empty());
        }
        AccountRejection missing = unsigned.get();
        for (VerifiedSignature signature : signatures) {
            Optional<Delegation> delegation = findDelegation(holder, signature);
            if (delegation.isEmpty()) {
                continue;
            }
            if (!delegation.get().covers(kind, terms.asset(), counterparty)) {
                missing = later(missing, AccountRejection.BEYOND_DELEGATION);
            } else if (!spends) {
                return new Consent.Given(Optional.empty());
            } else if (delegation.get().left(terms.asset(), timeMillis).compareTo(amount) < 0) {
                missing = later(missing, AccountRejection.DELEGATION_EXHAUSTED);
            } else {
                return new Consent.Given(
                        Optional.of(
                                new AccountEvent.AllowanceSpent(
                                        holder.id(),
                                        signature.key(),
                                        terms.asset(),
                                        amount,
                                        timeMillis)));
            }
        }
        return new Consent.Missing(missing);
    }

    /// Why the account's signers do not consent to a movement; empty if they do (LE-122).
    Optional<AccountRejection> findMissing(Holder holder, AssetTerms terms, Amount amount) {
        boolean verified = amount.compareTo(terms.verifyAbove()) > 0;
        if (weight(holder, verified) >= holder.signers().threshold()) {
            return Optional.empty();
        }
        return Optional.of(
                signsFor(holder)
                        ? AccountRejection.VERIFICATION_REQUIRED
                        : AccountRejection.NOT_AUTHORISED);
    }

    /// Why neither the account's signers nor a delegated key consent to something that moves
    /// nothing; empty if they do.
    Optional<AccountRejection> findMissing(Holder holder, DelegatedKind kind) {
        if (signsFor(holder)) {
            return Optional.empty();
        }
        List<Delegation> delegations =
                signatures.stream().flatMap(each -> findDelegation(holder, each).stream()).toList();
        if (delegations.stream().anyMatch(delegation -> delegation.kinds().contains(kind))) {
            return Optional.empty();
        }
        return Optional.of(
                delegations.isEmpty()
                        ? AccountRejection.NOT_AUTHORISED
                        : AccountRejection.BEYOND_DELEGATION);
    }

    /// A key signs once, however it signed.
    private long weight(Holder holder, boolean verified) {
        long weight = 0;
        for (Signer signer : holder.signers().signers()) {
            if (hasSigned(signer, verified) && !isLost(holder, signer.key())) {
                weight += signer.weight();
            }
        }
        return weight;
    }

    private boolean hasSigned(Signer signer, boolean verified) {
        for (VerifiedSignature signature : signatures) {
            if (counts(signer, signature, verified)) {
                return true;
            }
        }
        return false;
    }

    private static boolean counts(Signer signer, VerifiedSignature signature, boolean verified) {
        return signer.gave(signature)
                && (!verified
                        || signature
                                .assertion()
                                .map(VerifiedSignature.Assertion::userVerified)
                                .orElse(true));
    }

    private Optional<Delegation> findDelegation(Holder holder, VerifiedSignature signature) {
        return signature.assertion().isPresent() || isLost(holder, signature.key())
                ? Optional.empty()
                : holder.findDelegation(signature.key())
                        .filter(delegation -> delegation.isLive(timeMillis));
    }

    private static boolean isLost(Holder holder, SignerKey key) {
        return holder.recovery().map(recovery -> recovery.lost().contains(key)).orElse(false);
    }

    private static AccountRejection later(AccountRejection one, AccountRejection other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /// Whether an account consents.
    sealed interface Consent {
        /// It does.
        ///
        /// @param spent by which delegated key, if by one
        record Given(Optional<AccountEvent> spent) implements Consent {}

        /// It does not.
        record Missing(AccountRejection reason) implements Consent {}
    }
}
