package mitoyen.ledger.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Allowance;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.DelegatedKind;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.Guardians;
import mitoyen.ledger.account.Limit;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.account.VerifiedSignature;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;

/// Transactions of all kinds, drawn from a seed. Mostly sensible, seldom absurd: of each number the
/// least and the greatest come up, of each list the empty, the unsorted and the doubled one.
final class RandomTransactions {
    static final List<String> ACCOUNTS =
            List.of("founder", "a", "b", "c", "d", "e", "issuance/TOKEN", "nobody");
    static final List<Asset> ASSETS =
            Stream.of("EUR", "TOKEN", "ODD", "NONE").map(Asset::new).toList();

    private static final List<String> KEYS =
            List.of("a", "b", "c", "d", "e", "k1", "k2", "p1@site", "p2@site");
    private static final Digest WHAT = LedgerScript.digest("what for");

    private final Random random;
    private final Genesis genesis;
    private final NaiveLedger ledger;
    private final List<VerifiedTransaction> sent = new ArrayList<>();
    private long timeMillis = 1_767_225_600_000L;
    private long number;

    RandomTransactions(long seed, Genesis genesis, NaiveLedger ledger) {
        this.random = new Random(seed);
        this.genesis = genesis;
        this.ledger = ledger;
    }

    /// The time of the next block.
    long nextTime() {
        timeMillis += oneOf(1L, 1L, 500L, 1_000L, 1_000L, 5_000L, 60_000L, 600_000L, 3_600_000L);
        return timeMillis;
    }

    /// The transactions of a block: none, or a few.
    List<VerifiedTransaction> transactions(Moment moment) {
        List<VerifiedTransaction> block = new ArrayList<>();
        if (moment.height() == 1) {
            return List.of(first(moment));
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            boolean again = !sent.isEmpty() && random.nextInt(12) == 0;
            block.add(
                    again
                            ? sent.get(sent.size() - 1 - random.nextInt(Math.min(9, sent.size())))
                            : transaction(moment));
            sent.add(block.getLast());
        }
        return random.nextInt(20) == 0 ? List.of() : block;
    }

    /// Opens accounts and creates assets that may be owed.
    private VerifiedTransaction first(Moment moment) {
        List<AccountTransaction> steps = new ArrayList<>();
        for (String name : ACCOUNTS.subList(1, 6)) {
            SignerSet signers = SignerSet.single(AccountLine.key(name));
            steps.add(new AccountTransaction.OpenAccount(LedgerScript.account(name), signers));
        }
        for (Asset asset : ASSETS.subList(1, 3)) {
            steps.add(
                    new AccountTransaction.CreateAsset(
                            new AssetTerms(
                                    asset,
                                    new Amount(asset.code().equals("ODD") ? 5 : 1),
                                    new Amount(Long.MAX_VALUE),
                                    new Amount(50),
                                    LedgerScript.account("a"),
                                    new Amount(10),
                                    WHAT)));
        }
        Transaction.Version2 transaction =
                new Transaction.Version2(
                        genesis.version(),
                        id(++number),
                        genesis.hash(),
                        AccountId.of(genesis.founder()),
                        0,
                        number,
                        new Transaction.Expiry(moment.height(), moment.timeMillis() + 1),
                        steps.stream().<Step>map(Step.Account::new).toList());
        return AccountScript.verified(transaction, List.of("founder"));
    }

    private VerifiedTransaction transaction(Moment moment) {
        List<AccountTransaction> steps = new ArrayList<>();
        boolean reservesAll = rarely();
        AccountId payer = account();
        for (int i = reservesAll ? 3 : seldom() ? random.nextInt(4) : 0; i >= 0; i--) {
            steps.add(reservesAll ? small(payer) : step());
        }
        AccountId sender = seldom() ? account() : speaker(steps.getFirst());
        Transaction.Version2 transaction =
                new Transaction.Version2(
                        genesis.version(),
                        id(seldom() ? random.nextLong(number + 1) : ++number),
                        genesis.hash(),
                        sender,
                        random.nextInt(seldom() ? 3 : 1),
                        seldom() ? oneOf(0L, number - 1, number) : number,
                        new Transaction.Expiry(
                                moment.height()
                                        + oneOf(0L, 1L, 1L, 99L, 100L, seldom() ? 101L : 5L),
                                moment.timeMillis()
                                        + oneOf(
                                                1L,
                                                9_000L,
                                                3_600_000L,
                                                seldom() ? 0L : 9L,
                                                seldom() ? 3_600_001L : 9L)),
                        steps.stream().<Step>map(Step.Account::new).toList());
        Digest content = Sha256.of(SignedTransaction.message(transaction));
        return new AccountScript.Verified(transaction, content, signatures(sender, steps));
    }

    private AccountTransaction step() {
        AccountId payer = account();
        return this.<Supplier<AccountTransaction>>oneOf(
                        () -> new AccountTransaction.OpenAccount(account(), signers()),
                        () -> new AccountTransaction.SetSigners(account(), signers()),
                        () -> new AccountTransaction.Delegate(account(), delegation()),
                        () -> new AccountTransaction.Delegate(account(), delegation()),
                        () -> new AccountTransaction.Revoke(account(), key()),
                        () -> new AccountTransaction.SetGuardians(account(), guardians()),
                        () -> new AccountTransaction.Recover(account(), keys(), signers()),
                        () -> new AccountTransaction.Recover(account(), keys(), signers()),
                        () -> new AccountTransaction.CancelRecovery(account()),
                        () ->
                                random.nextInt(40) == 0
                                        ? new AccountTransaction.CloseAccount(account())
                                        : move(payer),
                        () -> new AccountTransaction.CreateAsset(terms()),
                        () ->
                                new AccountTransaction.SetLimit(
                                        new Limit(account(), asset(), amount(), seldom())),
                        () -> new AccountTransaction.Mint(asset(), account(), amount(), WHAT),
                        () -> new AccountTransaction.Mint(asset(), account(), amount(), WHAT),
                        () -> new AccountTransaction.Burn(asset(), amount(), WHAT),
                        () -> move(payer),
                        () -> move(payer),
                        () -> move(payer),
                        () -> reserve(payer),
                        () -> reserve(payer),
                        () -> reserve(payer),
                        () -> new AccountTransaction.PostPending(pending(), part()),
                        () -> new AccountTransaction.PostPending(pending(), part()),
                        () -> new AccountTransaction.VoidPending(pending()))
                .get();
    }

    private AccountTransaction move(AccountId payer) {
        return new AccountTransaction.Move(asset(), payer, account(), amount(), WHAT);
    }

    private AccountTransaction reserve(AccountId payer) {
        return new AccountTransaction.Reserve(
                asset(),
                payer,
                account(),
                amount(),
                timeMillis
                        + oneOf(
                                0L,
                                1L,
                                4_000L,
                                60_000L,
                                3_600_000L,
                                86_400_000L,
                                seldom() ? Long.MAX_VALUE - timeMillis : 900_000L),
                random.nextInt(3) == 0 ? Optional.of(account()) : Optional.empty(),
                WHAT);
    }

    /// A reservation that is seldom refused but for their number.
    private AccountTransaction small(AccountId payer) {
        AccountId payee = LedgerScript.account(payer.equals(LedgerScript.account("b")) ? "c" : "b");
        return new AccountTransaction.Reserve(
                new Asset("TOKEN"),
                payer,
                payee,
                new Amount(1),
                timeMillis + 3_600_000,
                Optional.empty(),
                WHAT);
    }

    private Optional<Amount> part() {
        return random.nextBoolean() ? Optional.empty() : Optional.of(amount());
    }

    private AssetTerms terms() {
        return new AssetTerms(
                asset(),
                new Amount(oneOf(1L, 1L, 2L, 5L, seldom() ? 0L : 1L)),
                new Amount(oneOf(0L, 100L, 10_000L, Long.MAX_VALUE, Long.MAX_VALUE)),
                new Amount(oneOf(0L, 50L, Long.MAX_VALUE, seldom() ? -1L : 50L)),
                account(),
                new Amount(oneOf(0L, 10L, Long.MAX_VALUE)),
                WHAT);
    }

    private SignerSet signers() {
        List<Signer> signers = new ArrayList<>();
        for (SignerKey key : keys()) {
            boolean bound = key.isP256() != seldom();
            signers.add(
                    new Signer(
                            key,
                            oneOf(1, 1, 1, 2, seldom() ? 1_001 : 1_000),
                            bound ? Optional.of(LedgerScript.digest("site")) : Optional.empty()));
        }
        return new SignerSet(signers, oneOf(1, 1, 1, 2, seldom() ? 0 : 1));
    }

    private Delegation delegation() {
        return new Delegation(
                key(),
                sorted(() -> oneOf(DelegatedKind.values())),
                sorted(this::asset).stream().map(asset -> Allowance.of(asset, amount())).toList(),
                random.nextBoolean() ? List.of() : sorted(this::account),
                oneOf(1L, 60_000L, 3_600_000L, Long.MAX_VALUE, seldom() ? 0L : 9L),
                oneOf(
                        timeMillis + 5_000_000,
                        timeMillis + 1,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        seldom() ? timeMillis : Long.MAX_VALUE),
                0);
    }

    private Optional<Guardians> guardians() {
        return seldom()
                ? Optional.empty()
                : Optional.of(
                        new Guardians(
                                sorted(this::account),
                                oneOf(1, 1, 1, 2, seldom() ? 0 : 1),
                                oneOf(60_000L, 60_000L, 3_600_000L, seldom() ? 1L : 60_000L)));
    }

    /// The signers of whoever is concerned, or some; and a delegated key, or some other.
    private List<VerifiedSignature> signatures(AccountId sender, List<AccountTransaction> steps) {
        var given = new TreeMap<SignerKey, VerifiedSignature>();
        List<AccountId> concerned =
                new ArrayList<>(List.of(sender, AccountId.of(genesis.founder())));
        if (!seldom()) {
            steps.forEach(step -> concerned.add(speaker(step)));
            concerned.add(account());
        }
        for (AccountId each : concerned) {
            NaiveOwners.Owner owner = ledger.owners.get(each);
            if (owner == null || rarely()) {
                continue;
            }
            for (Signer signer : owner.signers().signers()) {
                given.put(signer.key(), signature(signer.key(), signer.relyingParty()));
            }
        }
        if (random.nextInt(8) == 0) {
            given.clear();
        }
        for (SignerKey key : keys()) {
            given.putIfAbsent(key, signature(key, Optional.empty()));
        }
        return List.copyOf(given.values());
    }

    private VerifiedSignature signature(SignerKey key, Optional<Digest> site) {
        return site.map(each ->
                        new VerifiedSignature(
                                key,
                                Optional.of(
                                        new VerifiedSignature.Assertion(
                                                each, random.nextBoolean()))))
                .orElseGet(() -> VerifiedSignature.plain(key));
    }

    /// Whose consent a step needs, more or less.
    private AccountId speaker(AccountTransaction step) {
        return switch (step) {
            case AccountTransaction.Move move -> move.from();
            case AccountTransaction.Reserve reserve -> reserve.from();
            case AccountTransaction.SetSigners setting -> setting.account();
            case AccountTransaction.Delegate delegating -> delegating.account();
            case AccountTransaction.Revoke revoking -> revoking.account();
            case AccountTransaction.SetGuardians setting -> setting.account();
            case AccountTransaction.CloseAccount closing -> closing.account();
            case AccountTransaction.CancelRecovery cancelling -> cancelling.account();
            case AccountTransaction.Mint mint -> issuer(mint.asset());
            case AccountTransaction.Burn burn -> issuer(burn.asset());
            case AccountTransaction.SetLimit setting -> issuer(setting.limit().asset());
            case AccountTransaction.OpenAccount _, AccountTransaction.CreateAsset _ ->
                    AccountId.of(genesis.founder());
            case AccountTransaction.PostPending(var id, _) -> payee(id);
            case AccountTransaction.VoidPending(var id) -> payee(id);
            case AccountTransaction.Recover recover -> guardian(recover.account());
        };
    }

    private AccountId guardian(AccountId account) {
        return Optional.ofNullable(ledger.owners.get(account))
                .flatMap(NaiveOwners.Owner::guardians)
                .flatMap(each -> each.accounts().stream().findFirst())
                .orElseGet(this::account);
    }

    private AccountId payee(PendingId id) {
        NaiveAccounts.Hold hold = ledger.holds.get(id);
        return hold == null ? account() : hold.arbiter().orElse(hold.to());
    }

    private AccountId issuer(Asset asset) {
        AssetTerms terms = ledger.assets.get(asset);
        return terms == null ? account() : terms.issuer();
    }

    private PendingId pending() {
        List<PendingId> ids = List.copyOf(ledger.holds.keySet());
        return ids.isEmpty() || seldom()
                ? new PendingId(ByteString.of(new byte[PendingId.LENGTH]))
                : ids.get(random.nextInt(ids.size()));
    }

    private Amount amount() {
        return new Amount(
                seldom()
                        ? oneOf(
                                Long.MIN_VALUE,
                                -1L,
                                0L,
                                Long.MAX_VALUE,
                                Long.MAX_VALUE / 2,
                                1L << 62)
                        : oneOf(1L, 2L, 5L, 10L, 10L, 20L, 100L, 10_000L));
    }

    private AccountId account() {
        return LedgerScript.account(ACCOUNTS.get(random.nextInt(seldom() ? ACCOUNTS.size() : 6)));
    }

    private Asset asset() {
        return seldom()
                ? ASSETS.get(random.nextInt(ASSETS.size()))
                : ASSETS.get(1 + random.nextInt(2));
    }

    private SignerKey key() {
        return AccountLine.key(KEYS.get(random.nextInt(KEYS.size())));
    }

    private List<SignerKey> keys() {
        return sorted(this::key);
    }

    private <T extends Comparable<? super T>> List<T> sorted(Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(seldom() ? 5 : 3); i >= 0; i--) {
            items.add(item.get());
        }
        Collection<T> kept = seldom() ? items : new TreeSet<>(items);
        return rarely() ? List.of() : List.copyOf(kept);
    }

    private boolean rarely() {
        return random.nextInt(36) == 0;
    }

    private boolean seldom() {
        return random.nextInt(6) == 0;
    }

    @SafeVarargs
    private final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static TransactionId id(long name) {
        byte[] hash = LedgerScript.digest("random " + name).toBytes();
        return new TransactionId(ByteString.of(hash, 0, TransactionId.LENGTH));
    }
}
