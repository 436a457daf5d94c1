package mitoyen.simulator.audit;

import static mitoyen.ledger.account.DelegatedKind.OPEN_ACCOUNT;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountLimits;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.AccountTransaction.Recover;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.Guardians;
import mitoyen.ledger.account.Limit;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.proof.Digest;
import mitoyen.simulator.audit.Person.Delegated;

/// What the accounts must remember and answer: LE-100 to LE-130, step by step; what moves is in
/// [MovementBook].
public final class AccountBook {
    private final AccountId founder;
    private final Undo undo;
    private final BookOfAccounts balances;
    private final EnergyBook energy;
    private final SortedMap<AccountId, Person> people = new TreeMap<>();
    private final SortedMap<Asset, AssetTerms> assets = new TreeMap<>();
    private final SortedMap<Asset, SortedMap<AccountId, Limit>> limits = new TreeMap<>();
    private final SortedMap<PendingId, Hold> holds = new TreeMap<>();
    private final MovementBook movements;

    /// @param founder the account that opens accounts
    AccountBook(AccountId founder, BookOfAccounts balances, EnergyBook energy, Undo undo) {
        this.founder = founder;
        this.balances = balances;
        this.energy = energy;
        this.undo = undo;
        this.movements = new MovementBook(this, balances);
    }

    /// The accounts that were opened.
    public SortedMap<AccountId, Person> people() {
        return Collections.unmodifiableSortedMap(people);
    }

    /// The assets that there are.
    public SortedMap<Asset, AssetTerms> assets() {
        return Collections.unmodifiableSortedMap(assets);
    }

    /// What is reserved.
    public SortedMap<PendingId, Hold> holds() {
        return Collections.unmodifiableSortedMap(holds);
    }

    /// What an account may do with an asset.
    public Limit limit(AccountId account, AssetTerms terms) {
        return Optional.ofNullable(
                        limits.getOrDefault(terms.asset(), Collections.emptySortedMap())
                                .get(account))
                .orElseGet(() -> new Limit(account, terms.asset(), terms.owing(), false));
    }

    /// The founder's account is open from the start (LE-150, LE-155).
    void open(AccountId account, SignerSet signers) {
        undo.put(people, account, Person.opened(signers));
    }

    void create(AssetTerms terms) {
        undo.put(assets, terms.asset(), terms);
    }

    /// Why a step must be refused; nothing if it must be accepted, which it then is.
    OptionalInt take(Circumstances now, AccountTransaction step) {
        return switch (step) {
            case AccountTransaction.OpenAccount asked ->
                    done(
                            new Reasons()
                                    .unless(3, () -> areValid(asked.signers(), now.limits()))
                                    .unless(
                                            11,
                                            () ->
                                                    consents(now, founder)
                                                            || delegations(now).count() > 0)
                                    .unless(12, () -> mayOpen(now))
                                    .unless(16, () -> !people.containsKey(asked.account()))
                                    .unless(18, () -> !get(founder).closed()),
                            () -> open(asked.account(), asked.signers()));
            case AccountTransaction.SetSigners asked ->
                    change(
                            new Reasons().unless(3, () -> areValid(asked.signers(), now.limits())),
                            now,
                            asked.account(),
                            () -> put(asked.account(), get(asked.account()).with(asked.signers())));
            case AccountTransaction.Delegate asked -> delegate(now, asked);
            case AccountTransaction.Revoke asked ->
                    done(
                            own(new Reasons(), now, asked.account())
                                    .unless(19, () -> holds(asked.account(), asked.key())),
                            () -> put(asked.account(), get(asked.account()).without(asked.key())));
            case AccountTransaction.SetGuardians asked -> setGuardians(now, asked);
            case Recover asked -> recover(now, asked);
            case AccountTransaction.CancelRecovery asked ->
                    done(
                            new Reasons()
                                    .unless(8, () -> people.containsKey(asked.account()))
                                    .unless(
                                            11,
                                            () -> get(asked.account()).isSignedByAny(now.signed()))
                                    .unless(22, () -> get(asked.account()).recovery().isPresent()),
                            () -> put(asked.account(), get(asked.account()).withoutRecovery()));
            case AccountTransaction.CloseAccount asked ->
                    change(
                            new Reasons(),
                            now,
                            asked.account(),
                            () -> put(asked.account(), get(asked.account()).close()));
            case AccountTransaction.CreateAsset(AssetTerms terms) ->
                    done(
                            new Reasons()
                                    .unless(6, () -> makesSense(terms))
                                    .unless(8, () -> people.containsKey(terms.issuer()))
                                    .unless(11, () -> consents(now, founder))
                                    .unless(17, () -> isFree(terms.asset()))
                                    .unless(
                                            18,
                                            () ->
                                                    !get(founder).closed()
                                                            && !get(terms.issuer()).closed()),
                            () -> create(terms));
            case AccountTransaction.SetLimit(Limit limit) ->
                    done(
                            new Reasons()
                                    .unless(7, () -> limit.owing().units() >= 0)
                                    .unless(8, () -> people.containsKey(limit.account()))
                                    .unless(9, () -> assets.containsKey(limit.asset()))
                                    .unless(11, () -> consents(now, terms(limit.asset()).issuer()))
                                    .unless(
                                            18,
                                            () ->
                                                    !get(limit.account()).closed()
                                                            && !get(terms(limit.asset()).issuer())
                                                                    .closed()),
                            () ->
                                    undo.put(
                                            limits.computeIfAbsent(
                                                    limit.asset(), _ -> new TreeMap<>()),
                                            limit.account(),
                                            limit));
            case AccountTransaction.Mint asked -> movements.mint(now, asked);
            case AccountTransaction.Burn asked -> movements.burn(now, asked);
            case AccountTransaction.Move asked -> movements.move(now, asked);
            case AccountTransaction.Reserve asked -> movements.reserve(now, asked);
            case AccountTransaction.PostPending asked -> movements.post(now, asked);
            case AccountTransaction.VoidPending asked -> movements.voidPending(now, asked);
        };
    }

    /// Under what a step is taken.
    ///
    /// @param timeMillis of the block [ms since 1970]
    /// @param signed who signed the transaction
    /// @param content the hash of what was signed
    /// @param step the step's index
    record Circumstances(
            long timeMillis, Signatures signed, Digest content, int step, AccountLimits limits) {}

    /// Whether something of an asset can go from or to an account: what clears claims, and what an
    /// asset is issued from, nobody opened (LE-111, LE-153).
    boolean isOpen(AccountId account, Asset asset) {
        return people.containsKey(account)
                && !energy.isClearing(account)
                && !account.equals(balances.issuance(asset));
    }

    private boolean isFree(Asset asset) {
        AccountId issuance = balances.issuance(asset);
        return !assets.containsKey(asset)
                && !balances.isUsed(issuance, asset)
                && !energy.isClearing(issuance);
    }

    Person get(AccountId account) {
        return Optional.ofNullable(people.get(account)).orElseThrow();
    }

    AssetTerms terms(Asset asset) {
        return Optional.ofNullable(assets.get(asset)).orElseThrow();
    }

    void put(AccountId account, Person person) {
        undo.put(people, account, person);
    }

    void hold(PendingId id, Hold hold) {
        undo.put(holds, id, hold);
    }

    void release(PendingId id) {
        undo.remove(holds, id);
    }

    /// What is reserved is released by its timer.
    void expire(PendingId id) {
        movements.release(id);
    }

    /// A recovery comes to hold.
    void recovered(AccountId account) {
        Person person = get(account);
        Recover asked = person.recovery().orElseThrow();
        Person after = person.with(asked.signers()).withoutRecovery();
        for (SignerKey lost : asked.lost()) {
            after = after.without(lost);
        }
        put(account, after);
    }

    static OptionalInt done(Reasons reasons, Runnable otherwise) {
        OptionalInt found = reasons.found();
        if (found.isEmpty()) {
            otherwise.run();
        }
        return found;
    }

    private OptionalInt change(
            Reasons before, Circumstances now, AccountId account, Runnable change) {
        return done(own(before, now, account), change);
    }

    /// What only an account's own signers may do, and not once it is closed.
    private Reasons own(Reasons before, Circumstances now, AccountId account) {
        return before.unless(8, () -> people.containsKey(account))
                .unless(11, () -> consents(now, account))
                .unless(18, () -> !get(account).closed());
    }

    private OptionalInt delegate(Circumstances now, AccountTransaction.Delegate asked) {
        Delegation terms = asked.delegation();
        return done(
                own(new Reasons().unless(4, () -> isValid(terms, now)), now, asked.account())
                        .unless(
                                20,
                                () ->
                                        holds(asked.account(), terms.key())
                                                || get(asked.account()).delegated().size()
                                                        < now.limits().delegations()),
                () ->
                        put(
                                asked.account(),
                                get(asked.account())
                                        .with(
                                                terms.key(),
                                                new Delegated(
                                                        terms,
                                                        now.timeMillis(),
                                                        new TreeMap<>()))));
    }

    private OptionalInt setGuardians(Circumstances now, AccountTransaction.SetGuardians asked) {
        List<AccountId> named = asked.guardians().map(Guardians::accounts).orElse(List.of());
        return change(
                new Reasons()
                        .unless(
                                5,
                                () ->
                                        asked.guardians()
                                                .map(each -> isValid(asked.account(), each, now))
                                                .orElse(true))
                        .unless(8, () -> people.keySet().containsAll(named)),
                now,
                asked.account(),
                () -> put(asked.account(), get(asked.account()).with(asked.guardians())));
    }

    private OptionalInt recover(Circumstances now, Recover asked) {
        return done(
                new Reasons()
                        .unless(
                                3,
                                () ->
                                        areValid(asked.signers(), now.limits())
                                                && asked.lost().size() <= now.limits().signers()
                                                && rises(asked.lost()))
                        .unless(8, () -> people.containsKey(asked.account()))
                        .unless(11, () -> guardiansConsent(now, get(asked.account())))
                        .unless(18, () -> !get(asked.account()).closed())
                        .unless(21, () -> get(asked.account()).recovery().isEmpty()),
                () -> {
                    Person person = get(asked.account());
                    long delay = person.guardians().orElseThrow().delayMillis();
                    put(asked.account(), person.recovering(asked, now.timeMillis() + delay));
                });
    }

    private boolean guardiansConsent(Circumstances now, Person person) {
        return person.guardians()
                .map(guardians ->
                        guardians.accounts().stream().filter(each -> consents(now, each)).count()
                                >= guardians.threshold())
                .orElse(false);
    }

    boolean consents(Circumstances now, AccountId account) {
        Person person = people.get(account);
        return person != null && person.consents(now.signed());
    }

    /// Whether the founder's account opens one: its signers, or a delegated key that may.
    private boolean mayOpen(Circumstances now) {
        return consents(now, founder)
                || delegations(now).anyMatch(each -> each.kinds().contains(OPEN_ACCOUNT));
    }

    /// What the founder's account lets those keys do that signed.
    private Stream<Delegation> delegations(Circumstances now) {
        return Optional.ofNullable(people.get(founder)).stream()
                .flatMap(person ->
                        person.delegated().entrySet().stream()
                                .filter(each -> now.signed().plain().contains(each.getKey()))
                                .filter(each -> person.isLive(each.getKey(), now.timeMillis()))
                                .map(each -> each.getValue().terms()));
    }

    private boolean holds(AccountId account, SignerKey key) {
        return get(account).delegated().containsKey(key);
    }

    private static boolean makesSense(AssetTerms terms) {
        return terms.step().units() > 0
                && terms.cap().units() >= 0
                && terms.owing().units() >= 0
                && terms.verifyAbove().units() >= 0;
    }

    private static boolean areValid(SignerSet set, AccountLimits limits) {
        List<SignerKey> keys = set.signers().stream().map(Signer::key).toList();
        BigInteger weight =
                set.signers().stream()
                        .map(each -> BigInteger.valueOf(each.weight()))
                        .reduce(BigInteger.ZERO, BigInteger::add);
        return !keys.isEmpty()
                && keys.size() <= limits.signers()
                && rises(keys)
                && set.signers().stream()
                        .allMatch(each ->
                                each.weight() >= 1
                                        && each.weight() <= 1_000
                                        && (each.relyingParty().isEmpty() || each.key().isP256()))
                && set.threshold() >= 1
                && weight.compareTo(BigInteger.valueOf(set.threshold())) >= 0;
    }

    private static boolean isValid(Delegation terms, Circumstances now) {
        int most = now.limits().scope();
        return !terms.kinds().isEmpty()
                && rises(terms.kinds())
                && terms.allowances().size() <= most
                && rises(terms.allowances().stream().map(each -> each.asset()).toList())
                && terms.allowances().stream().allMatch(each -> each.limit().units() >= 0)
                && terms.counterparties().size() <= most
                && rises(terms.counterparties())
                && terms.periodMillis() >= 1
                && terms.untilMillis() > now.timeMillis();
    }

    private static boolean isValid(AccountId account, Guardians guardians, Circumstances now) {
        return guardians.accounts().size() <= now.limits().guardians()
                && rises(guardians.accounts())
                && !guardians.accounts().contains(account)
                && guardians.threshold() >= 1
                && guardians.threshold() <= guardians.accounts().size()
                && guardians.delayMillis() >= now.limits().delayMillis()
                && guardians.delayMillis() <= now.limits().longestDelayMillis();
    }

    private static <T extends Comparable<? super T>> boolean rises(List<T> items) {
        return items.equals(items.stream().distinct().sorted().toList());
    }
}
