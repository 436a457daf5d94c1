package mitoyen.ledger.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.DelegatedKind;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.Limit;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.VerifiedSignature;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.quantity.Amount;
import mitoyen.ledger.wire.NaiveOwners.Owner;

/// What accounts hold, who stands behind them and who consents, for [NaiveLedger].
class NaiveAccounts {
    private static final BigInteger MOST = BigInteger.TWO.pow(63).subtract(BigInteger.ONE);

    final Parameters limits;
    final AccountId founder;
    long timeMillis;
    List<VerifiedSignature> signatures = List.of();
    Map<AccountId, Owner> owners = new TreeMap<>();
    Map<Asset, AssetTerms> assets = new TreeMap<>();
    Map<String, Totals> totals = new TreeMap<>();
    Map<PendingId, Hold> holds = new TreeMap<>();
    Map<String, Limit> set = new TreeMap<>();

    /// The four totals of an account.
    record Totals(BigInteger owed, BigInteger paid, BigInteger promised, BigInteger got) {
        static final Totals NONE =
                new Totals(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
    }

    /// What is reserved.
    record Hold(
            Asset asset,
            AccountId from,
            AccountId to,
            BigInteger amount,
            long expires,
            Optional<AccountId> arbiter) {}

    /// Thrown where a reason applies.
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Refused(String reason) {
            super(reason);
        }
    }

    NaiveAccounts(Parameters limits, AccountId founder) {
        this.limits = limits;
        this.founder = founder;
    }

    void release(PendingId id) {
        Hold hold = Objects.requireNonNull(holds.remove(id));
        add(hold.from(), hold.asset(), hold.amount().negate(), 0);
        add(hold.to(), hold.asset(), hold.amount().negate(), 2);
    }

    /// Who stands behind an account that was opened.
    Owner owner(AccountId account) {
        return Objects.requireNonNull(owners.get(account));
    }

    /// What an asset is that there is.
    AssetTerms terms(Asset asset) {
        return Objects.requireNonNull(assets.get(asset));
    }

    void speaks(AccountId account) {
        refuse(!owners.containsKey(account), "ACCOUNT_NOT_FOUND");
        refuse(!signs(owner(account)), "NOT_AUTHORISED");
        refuse(owner(account).closed(), "ACCOUNT_CLOSED");
    }

    /// Refuses, or lets the lowest delegated key pay for it that can.
    void consents(
            AccountId account, DelegatedKind kind, AssetTerms terms, AccountId with, Amount asked) {
        Owner owner = owner(account);
        Optional<String> missing = signersConsent(owner, terms, asked);
        if (missing.isEmpty()) {
            return;
        }
        boolean beyond = false;
        boolean exhausted = false;
        for (Delegation each : live(owner)) {
            if (!covers(each, kind, terms.asset(), with)) {
                beyond = true;
                continue;
            }
            BigInteger limit =
                    each.allowances().stream()
                            .filter(allowance -> allowance.asset().equals(terms.asset()))
                            .map(allowance -> big(allowance.limit()))
                            .findFirst()
                            .orElseThrow();
            NaiveOwners.Use use = owner.use(each, timeMillis);
            if (use.of(terms.asset()).add(big(asked)).compareTo(limit) <= 0) {
                NaiveOwners.Use used = use.with(terms.asset(), big(asked));
                change(account, o -> o.using(each.key(), used));
                return;
            }
            exhausted = true;
        }
        boolean unverified = missing.get().equals("VERIFICATION_REQUIRED");
        refuse(unverified, "VERIFICATION_REQUIRED");
        refuse(exhausted, "DELEGATION_EXHAUSTED");
        refuse(beyond, "BEYOND_DELEGATION");
        throw new Refused("NOT_AUTHORISED");
    }

    Optional<String> signersConsent(Owner owner, AssetTerms terms, Amount asked) {
        boolean above = big(asked).compareTo(big(terms.verifyAbove())) > 0;
        if (owner.weight(signatures, above) >= owner.signers().threshold()) {
            return Optional.empty();
        }
        return Optional.of(signs(owner) ? "VERIFICATION_REQUIRED" : "NOT_AUTHORISED");
    }

    boolean signs(Owner owner) {
        return owner.weight(signatures, false) >= owner.signers().threshold();
    }

    List<Delegation> live(Owner owner) {
        return owner.live(signatures, timeMillis);
    }

    static boolean covers(Delegation delegation, DelegatedKind kind, Asset asset, AccountId with) {
        return delegation.kinds().contains(kind)
                && delegation.allowances().stream().anyMatch(each -> each.asset().equals(asset))
                && (delegation.counterparties().isEmpty()
                        || delegation.counterparties().contains(with));
    }

    boolean onlyReceives(AccountId account, Asset asset) {
        Limit own = set.get(account + "/" + asset);
        return own != null && own.onlyReceives();
    }

    BigInteger owing(AccountId account, AssetTerms terms) {
        Limit own = set.get(account + "/" + terms.asset());
        return big(own == null ? terms.owing() : own.owing());
    }

    static BigInteger whole(AssetTerms terms, Amount asked) {
        refuse(big(asked).mod(big(terms.step())).signum() != 0, "AMOUNT_NOT_WHOLE");
        return big(asked);
    }

    /// All debits of an asset, with those pending, stay below 2^63.
    void room(Asset asset, BigInteger amount) {
        BigInteger all =
                totals.entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith("/" + asset))
                        .map(entry -> entry.getValue().owed().add(entry.getValue().paid()))
                        .reduce(amount, BigInteger::add);
        refuse(all.compareTo(MOST) > 0, "AMOUNT_OVERFLOW");
    }

    BigInteger available(AccountId account, Asset asset) {
        Totals held = totals(account, asset);
        return held.got().subtract(held.paid()).subtract(held.owed());
    }

    Totals totals(AccountId account, Asset asset) {
        return totals.getOrDefault(account + "/" + asset, Totals.NONE);
    }

    void moved(Asset asset, AccountId from, AccountId to, BigInteger amount) {
        add(from, asset, amount, 1);
        add(to, asset, amount, 3);
    }

    void add(AccountId account, Asset asset, BigInteger amount, int total) {
        Totals held = totals(account, asset);
        List<BigInteger> four =
                new ArrayList<>(List.of(held.owed(), held.paid(), held.promised(), held.got()));
        four.set(total, four.get(total).add(amount));
        totals.put(
                account + "/" + asset,
                new Totals(four.get(0), four.get(1), four.get(2), four.get(3)));
    }

    void change(AccountId account, UnaryOperator<Owner> change) {
        owners.put(account, change.apply(owner(account)));
    }

    static BigInteger big(Amount amount) {
        return big(amount.units());
    }

    static BigInteger big(long number) {
        return BigInteger.valueOf(number);
    }

    static void refuse(boolean applies, String reason) {
        if (applies) {
            throw new Refused(reason);
        }
    }
}
