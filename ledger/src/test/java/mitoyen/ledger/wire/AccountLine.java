package mitoyen.ledger.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.governance.GovernanceTransaction.SetValidator;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.TrafficLimits;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Amount;

/// A step in words, such as `transfers 20 TOKEN to bea`: words in their order, and `key=value`
/// options in any. What names what is said at [AccountScript].
final class AccountLine {
    /// An amount that is written as `most`: the greatest there is.
    private static final String MOST = "most";

    private static final Map<String, SignerKey> PASSKEYS = new ConcurrentHashMap<>();

    private final String account;
    private final Map<String, PendingId> pending;
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> options = new TreeMap<>();

    /// A step that an account asks for.
    ///
    /// @param account its name
    /// @param pending the ids of what is pending, by name
    AccountLine(String account, String text, Map<String, PendingId> pending) {
        this.account = account;
        this.pending = pending;
        for (String word : new Scanner(text).tokens().toList()) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                words.add(word);
            } else {
                options.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
    }

    static AccountId account(String name) {
        return LedgerScript.account(name);
    }

    /// The key of a name: of Ed25519, but of P-256 where there is an `@` in it.
    static SignerKey key(String name) {
        int at = name.indexOf('@');
        return at < 0
                ? Ed25519.keyOf(LedgerScript.seed(name))
                : PASSKEYS.computeIfAbsent(
                        name.substring(0, at), each -> passkey(each + "@").key());
    }

    /// The P-256 key of a name that has an `@` in it.
    static TestPasskey passkey(String name) {
        return new TestPasskey(LedgerScript.seed(name.substring(0, name.indexOf('@'))));
    }

    /// The site that a name's passkey is bound to; none where its key signs plainly.
    static Optional<Digest> site(String name) {
        return siteName(name).map(TestPasskey::hash);
    }

    static Optional<String> siteName(String name) {
        int at = name.indexOf('@');
        return Optional.of(name.substring(at + 1).replaceAll("[+-]", ""))
                .filter(site -> at >= 0 && !site.isEmpty());
    }

    /// What a pending transfer is to be called, if it is reserved here.
    Optional<String> newName() {
        int as = words.indexOf("as");
        return as < 0 ? Optional.empty() : Optional.of(words.get(as + 1));
    }

    Step step() {
        return switch (words.getFirst()) {
            case "founds", "settles", "claims", "attests", "dissents", "confirms", "disputes" ->
                    new Step.Energy(energy());
            case "activates" ->
                    new Step.Activate(
                            Integer.parseInt(option("version", "2")),
                            Long.parseLong(option("from", "0")),
                            activated());
            case "seats" ->
                    new Step.Governance(
                            new SetValidator(
                                    key(words.get(1)),
                                    Long.parseLong(option("power", "1")),
                                    option("called", words.get(1))));
            default -> new Step.Account(transaction());
        };
    }

    /// The standard parameters, but for what is said of the span of ids and of bundles' bytes.
    private Parameters activated() {
        TrafficLimits traffic = Parameters.STANDARD.traffic();
        Parameters standard =
                Parameters.STANDARD.with(
                        new TrafficLimits(
                                traffic.steps(),
                                traffic.lanes(),
                                Long.parseLong(option("validity", "86400000")),
                                traffic.validityBlocks(),
                                traffic.bucketSteps(),
                                traffic.bucketMillis(),
                                traffic.timersPerBlock()));
        return new Parameters(
                standard.transactionBytes(),
                Integer.parseInt(option("bundle", "4194304")),
                standard.bundleTransactions(),
                standard.signatures(),
                standard.claims(),
                standard.crowd(),
                standard.traffic(),
                standard.accounts(),
                standard.origins(),
                standard.localDays());
    }

    private mitoyen.ledger.energy.EnergyTransaction energy() {
        StringBuilder line = new StringBuilder(account);
        words.forEach(word -> line.append(' ').append(word));
        options.forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
        return LedgerScript.transaction(line.toString());
    }

    private AccountTransaction transaction() {
        return switch (words.getFirst()) {
            case "opens" -> new AccountTransaction.OpenAccount(named(1), signers(words.get(1)));
            case "gives" -> new AccountTransaction.SetSigners(named(1), signers(words.get(1)));
            case "delegates" -> new AccountTransaction.Delegate(own(), delegation());
            case "revokes" -> new AccountTransaction.Revoke(own(), key(words.get(1)));
            case "guards" -> new AccountTransaction.SetGuardians(named(1), guardians());
            case "recovers" ->
                    new AccountTransaction.Recover(
                            named(1), keys(option("lost", "")), signers(words.get(1)));
            case "objects" -> new AccountTransaction.CancelRecovery(named(1));
            case "closes" -> new AccountTransaction.CloseAccount(named(1));
            case "creates" -> new AccountTransaction.CreateAsset(terms());
            case "limits" ->
                    new AccountTransaction.SetLimit(
                            new Limit(
                                    named(1),
                                    new Asset(words.get(2)),
                                    amount(option("owing", "0")),
                                    words.contains("receives")));
            case "mints" ->
                    new AccountTransaction.Mint(asset(), after("to"), amount(words.get(1)), what());
            case "burns" -> new AccountTransaction.Burn(asset(), amount(words.get(1)), what());
            case "transfers" ->
                    new AccountTransaction.Move(
                            asset(), payer(), after("to"), amount(words.get(1)), what());
            case "reserves" ->
                    new AccountTransaction.Reserve(
                            asset(),
                            payer(),
                            after("to"),
                            amount(words.get(1)),
                            AccountScript.time(option("until", "1d00:00")),
                            Optional.ofNullable(options.get("arbiter")).map(AccountLine::account),
                            what());
            case "posts" ->
                    new AccountTransaction.PostPending(
                            pendingId(),
                            words.size() > 2
                                    ? Optional.of(amount(words.get(2)))
                                    : Optional.empty());
            case "voids" -> new AccountTransaction.VoidPending(pendingId());
            default -> throw new IllegalArgumentException(words.toString());
        };
    }

    private AccountId own() {
        return options.containsKey("of") ? account(option("of", "")) : account(account);
    }

    private AccountId payer() {
        return words.contains("from") ? after("from") : account(account);
    }

    private AccountId named(int index) {
        return account(words.get(index));
    }

    private AccountId after(String word) {
        return account(words.get(words.indexOf(word) + 1));
    }

    private Asset asset() {
        return new Asset(words.get(2));
    }

    private PendingId pendingId() {
        return pending.getOrDefault(
                words.get(1), new PendingId(ByteString.of(new byte[PendingId.LENGTH])));
    }

    private static Amount amount(String text) {
        return new Amount(text.equals(MOST) ? Long.MAX_VALUE : Long.parseLong(text));
    }

    private static Digest what() {
        return LedgerScript.digest("what for");
    }

    /// `with=ana:2,phone@site:1 threshold=2`; a key of the account's own name where nothing is
    /// said. Sorted unless the words say `unsorted`.
    private SignerSet signers(String name) {
        List<Signer> signers = list(option("with", name)).map(AccountLine::signer).toList();
        return new SignerSet(
                words.contains("unsorted") ? signers : sorted(signers, Signer::key),
                Integer.parseInt(option("threshold", "1")));
    }

    private static Signer signer(String text) {
        List<String> parts = List.of(text.split(":", -1));
        int weight = parts.size() > 1 ? Integer.parseInt(parts.get(1)) : 1;
        Optional<Digest> site =
                parts.contains("bound")
                        ? Optional.of(LedgerScript.digest("site"))
                        : site(parts.getFirst());
        return new Signer(key(parts.getFirst()), weight, site);
    }

    private Delegation delegation() {
        List<DelegatedKind> kinds =
                list(option("kinds", "transfer"))
                        .map(text -> DelegatedKind.find(text).orElseThrow())
                        .toList();
        List<Allowance> allowances =
                list(option("assets", ""))
                        .map(text -> List.of(text.split(":", -1)))
                        .map(parts ->
                                Allowance.of(new Asset(parts.getFirst()), amount(parts.getLast())))
                        .toList();
        List<AccountId> counterparties =
                list(option("counterparties", "")).map(AccountLine::account).toList();
        boolean unsorted = words.contains("unsorted");
        return new Delegation(
                key(words.get(1)),
                unsorted ? kinds : kinds.stream().sorted().toList(),
                unsorted ? allowances : sorted(allowances, Allowance::asset),
                unsorted ? counterparties : counterparties.stream().sorted().toList(),
                Long.parseLong(option("period", "60000")),
                AccountScript.time(option("until", "9d00:00")),
                0);
    }

    private Optional<Guardians> guardians() {
        if (!options.containsKey("by")) {
            return Optional.empty();
        }
        List<AccountId> accounts = list(option("by", "")).map(AccountLine::account).toList();
        return Optional.of(
                new Guardians(
                        words.contains("unsorted") ? accounts : accounts.stream().sorted().toList(),
                        Integer.parseInt(option("threshold", "1")),
                        Long.parseLong(option("delay", "3600000"))));
    }

    private AssetTerms terms() {
        return new AssetTerms(
                new Asset(words.get(1)),
                amount(option("step", "1")),
                amount(option("cap", "1000")),
                amount(option("owing", "0")),
                account(option("issuer", "founder")),
                amount(option("verify", MOST)),
                what());
    }

    private List<SignerKey> keys(String names) {
        List<SignerKey> keys = list(names).map(AccountLine::key).toList();
        return words.contains("unsorted") ? keys : keys.stream().sorted().toList();
    }

    private String option(String key, String otherwise) {
        return options.getOrDefault(key, otherwise);
    }

    private static Stream<String> list(String text) {
        return Arrays.stream(text.split(",", -1)).filter(part -> !part.isEmpty());
    }

    private static <T, K extends Comparable<? super K>> List<T> sorted(
            List<T> items, java.util.function.Function<T, K> key) {
        return items.stream().sorted(Comparator.comparing(key)).toList();
    }

    /// What a genesis holds in these tests: claims that may be owed, and nothing minted.
    static Genesis genesis(Parameters parameters) {
        SignerKey founder = key("founder");
        AssetTerms euro =
                new AssetTerms(
                        LedgerScript.EUR,
                        new Amount(Asset.CENT),
                        Amount.ZERO,
                        new Amount(100 * Asset.CENT),
                        AccountId.of(founder),
                        new Amount(Long.MAX_VALUE),
                        what());
        return new Genesis("test", founder, Genesis.NEWEST_VERSION, parameters, List.of(euro));
    }
}
