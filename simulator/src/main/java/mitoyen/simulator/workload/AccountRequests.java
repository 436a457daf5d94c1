package mitoyen.simulator.workload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.Limit;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.quantity.Amount;
import mitoyen.simulator.audit.Auditor;
import mitoyen.simulator.audit.Hold;
import mitoyen.simulator.audit.Person;
import mitoyen.simulator.model.Chance;

/// Asks things of the accounts: who signs is left to [SignerRequests], what moves is made here.
/// Most of it would pass; what it must be answered is the auditor's to say.
final class AccountRequests {
    private static final List<Asset> CODES =
            List.of(new Asset("EUR"), new Asset("kWh"), new Asset("LARGE"), new Asset("token-7"));

    private final Chance chance;
    private final AccountId founder;
    private final Auditor auditor;
    private final SignerRequests signers;
    private final SortedMap<SignerKey, Integer> numbers = new TreeMap<>();

    AccountRequests(Chance chance, Signing signing, AccountId founder, Auditor auditor) {
        this.chance = chance;
        this.founder = founder;
        this.auditor = auditor;
        this.signers = new SignerRequests(chance, signing, auditor);
        for (int number = 0; number < Workload.KEYS; number++) {
            numbers.put(signing.key(number), number);
        }
    }

    /// Something to ask.
    ///
    /// @param actor in whose name
    /// @param signers whose signatures it should need, by the numbers of their keys
    record Asked(AccountTransaction step, AccountId actor, Set<Integer> signers) {
        Asked {
            signers = new TreeSet<>(signers);
        }
    }

    /// The numbers of the keys that sign for an account; none if nobody opened it.
    Set<Integer> signersOf(AccountId account) {
        Set<Integer> found = new TreeSet<>();
        Person person = auditor.accounts().people().get(account);
        if (person != null) {
            for (Signer signer : person.signers().signers()) {
                found.add(numbers.getOrDefault(signer.key(), 0));
            }
        }
        return found;
    }

    /// Whether one of these keys is an account's, be it a delegated one.
    boolean isKnownBy(AccountId account, Set<Integer> keys) {
        Person person = auditor.accounts().people().get(account);
        if (person == null) {
            return false;
        }
        for (Signer signer : person.signers().signers()) {
            if (keys.contains(numbers.getOrDefault(signer.key(), 0))) {
                return true;
            }
        }
        for (SignerKey key : person.delegated().keySet()) {
            if (keys.contains(numbers.getOrDefault(key, 0))) {
                return true;
            }
        }
        return false;
    }

    /// The next thing to ask.
    ///
    /// @param nowMillis what the time of its block may be [ms since 1970]
    Asked next(long nowMillis) {
        if (auditor.accounts().people().size() < 4 || chance.happens(1, 30)) {
            return by(founder, signers.open());
        }
        if (auditor.accounts().assets().size() < 2 || chance.happens(1, 40)) {
            return by(founder, new AccountTransaction.CreateAsset(terms()));
        }
        return switch (chance.below(32)) {
            case 0, 1, 2, 3 -> mint();
            case 4 -> burn();
            case 5, 6 -> limit();
            case 7, 8, 9, 10, 11, 12 -> reserve(nowMillis);
            case 13, 14, 15, 16 ->
                    auditor.accounts().holds().isEmpty() ? reserve(nowMillis) : post();
            case 17 -> chance.happens(1, 4) ? post() : reserve(nowMillis);
            case 18 -> voidPending();
            case 19, 20, 21, 22, 23 -> signer(nowMillis);
            default -> move();
        };
    }

    /// An asset that there is from the start, or that is created.
    static AssetTerms terms(Asset asset, AccountId issuer) {
        return switch (asset.code()) {
            case "EUR" -> terms(asset, 10_000, 0, 50_000_000, 500_000, issuer);
            case "LARGE" -> terms(asset, 1, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, issuer);
            case "kWh" -> terms(asset, 1, 5_000, 0, 20, issuer);
            default -> terms(asset, 5, 100_000, 100, 0, issuer);
        };
    }

    private static AssetTerms terms(
            Asset asset, long step, long cap, long owing, long verifyAbove, AccountId issuer) {
        return new AssetTerms(
                asset,
                new Amount(step),
                new Amount(cap),
                new Amount(owing),
                issuer,
                new Amount(verifyAbove),
                Names.digest(step));
    }

    private AssetTerms terms() {
        AssetTerms good = terms(chance.oneOf(CODES), issuer());
        if (chance.happens(5, 6)) {
            return good;
        }
        long wrong = -chance.below(2);
        return chance.happens(1, 2)
                ? terms(good.asset(), wrong, wrong == 0 ? 5 : -1, 0, 0, good.issuer())
                : terms(good.asset(), 1, 5, 0, -1, good.issuer());
    }

    private Asked mint() {
        AssetTerms terms = asset();
        AccountId to = anyone();
        Asked asked =
                by(
                        terms.issuer(),
                        new AccountTransaction.Mint(
                                named(terms), to, amount(terms), Names.digest(1)));
        return maybeDelegated(asked);
    }

    private Asked burn() {
        AssetTerms terms = asset();
        return by(
                terms.issuer(),
                new AccountTransaction.Burn(named(terms), amount(terms), Names.digest(2)));
    }

    private Asked limit() {
        AssetTerms terms = asset();
        long owing = chance.happens(1, 8) ? -1 : chance.below(100_000_000L);
        boolean onlyReceives = chance.happens(1, 6);
        Limit limit = new Limit(anyone(), named(terms), new Amount(owing), onlyReceives);
        return by(terms.issuer(), new AccountTransaction.SetLimit(limit));
    }

    private Asked move() {
        AssetTerms terms = asset();
        AccountId from = anyone();
        return maybeDelegated(
                by(
                        from,
                        new AccountTransaction.Move(
                                named(terms),
                                from,
                                anyoneBut(from),
                                amount(terms),
                                Names.digest(3))));
    }

    private Asked reserve(long nowMillis) {
        AssetTerms terms = asset();
        AccountId from = anyone();
        long expires =
                switch (chance.below(12)) {
                    case 0 -> nowMillis - chance.below(2);
                    case 1 -> nowMillis + 700_000;
                    case 2 -> chance.happens(1, 2) ? Long.MAX_VALUE : Long.MIN_VALUE;
                    default -> nowMillis + chance.from(5_000, 300_000);
                };
        Optional<AccountId> arbiter =
                chance.happens(1, 3) ? Optional.of(anyone()) : Optional.empty();
        return maybeDelegated(
                by(
                        from,
                        new AccountTransaction.Reserve(
                                named(terms),
                                from,
                                anyoneBut(from),
                                amount(terms),
                                expires,
                                arbiter,
                                Names.digest(4))));
    }

    private Asked post() {
        Optional<PendingId> id = anyHold();
        Optional<Hold> hold = id.map(each -> auditor.accounts().holds().get(each));
        Optional<Amount> part =
                switch (chance.below(4)) {
                    case 0 -> hold.map(each -> new Amount(each.amount().longValueExact()));
                    case 1 ->
                            Optional.of(
                                    new Amount(
                                            chance.from(-1, 300)
                                                    * (chance.happens(1, 2) ? 10_000L : 1L)));
                    default -> Optional.empty();
                };
        AccountTransaction step =
                new AccountTransaction.PostPending(id.orElseGet(this::noHold), part);
        return maybeDelegated(by(deciding(hold), step));
    }

    private Asked voidPending() {
        Optional<PendingId> id = anyHold();
        Optional<Hold> hold = id.map(each -> auditor.accounts().holds().get(each));
        return maybeDelegated(
                by(deciding(hold), new AccountTransaction.VoidPending(id.orElseGet(this::noHold))));
    }

    private Asked signer(long nowMillis) {
        SignerRequests.Asked asked = signers.next(nowMillis);
        Set<Integer> needed = new TreeSet<>();
        asked.consenting().forEach(account -> needed.addAll(signersOf(account)));
        return new Asked(asked.step(), asked.actor(), needed);
    }

    private AccountId deciding(Optional<Hold> hold) {
        return hold.map(each ->
                        switch (chance.below(4)) {
                            case 0 -> each.from();
                            case 1 -> each.arbiter().orElse(each.to());
                            default -> each.to();
                        })
                .orElseGet(this::anyone);
    }

    private Optional<PendingId> anyHold() {
        List<PendingId> all = List.copyOf(auditor.accounts().holds().keySet());
        return all.isEmpty() || chance.happens(1, 20)
                ? Optional.empty()
                : Optional.of(chance.oneOf(all));
    }

    private PendingId noHold() {
        return new PendingId(ByteString.of(chance.bytes(PendingId.LENGTH)));
    }

    /// Sometimes a key that the account lets do something signs instead of its own.
    private Asked maybeDelegated(Asked asked) {
        Collection<SignerKey> keys =
                Optional.ofNullable(auditor.accounts().people().get(asked.actor()))
                        .map(Person::delegated)
                        .<Collection<SignerKey>>map(delegated -> delegated.keySet())
                        .orElse(List.of());
        if (keys.isEmpty() || chance.happens(1, 2)) {
            return asked;
        }
        int key = numbers.getOrDefault(chance.oneOf(List.copyOf(keys)), 0);
        return new Asked(asked.step(), asked.actor(), Set.of(key));
    }

    private Asked by(AccountId actor, AccountTransaction step) {
        return new Asked(step, actor, signersOf(actor));
    }

    private AssetTerms asset() {
        return chance.oneOf(List.copyOf(auditor.accounts().assets().values()));
    }

    /// The asset's code, or seldom one that there is not.
    private Asset named(AssetTerms terms) {
        return chance.happens(1, 60) ? new Asset("none") : terms.asset();
    }

    private Amount amount(AssetTerms terms) {
        long step = terms.step().units();
        return new Amount(
                switch (chance.below(40)) {
                    case 0 -> 0;
                    case 1 -> -step;
                    case 2 -> Long.MIN_VALUE;
                    case 3 -> Long.MAX_VALUE / step * step;
                    case 4 -> step + 1;
                    case 5 -> 1;
                    case 6, 7 -> (1 + chance.below(Long.MAX_VALUE / step / 4)) * step;
                    case 8, 9 -> chance.from(100, 5_000) * step;
                    default -> chance.from(1, 100) * step;
                });
    }

    private AccountId issuer() {
        return chance.happens(1, 2) ? founder : anyone();
    }

    private AccountId anyoneBut(AccountId one) {
        AccountId other = anyone();
        return other.equals(one) && chance.happens(9, 10) ? anyone() : other;
    }

    /// Somebody who has an account, or seldom who has none.
    private AccountId anyone() {
        if (chance.happens(1, 50)) {
            return Names.account("nobody");
        }
        List<AccountId> all = new ArrayList<>(auditor.accounts().people().keySet());
        return chance.oneOf(all);
    }
}
