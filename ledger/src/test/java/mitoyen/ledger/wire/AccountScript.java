package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mitoyen.ledger.account.Account;
import mitoyen.ledger.account.AccountLimits;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.PendingTransfer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.VerifiedSignature;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Timer;
import mitoyen.ledger.machine.TrafficLimits;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;

/// A ledger of version 2 or later driven by a table of lines, one block a line.
///
/// ```
/// at 10:00 ana transfers 20 TOKEN to bea; transfers 1 EUR to cyr signed by ana,bea / lane=1
/// at 10:05 bea reserves 5 TOKEN to ana until=12:00 as h1
/// at 12:00 tick
/// balance ana TOKEN
/// ```
///
/// The first word is the account in whose name it is sent; it signs with the key of its name unless
/// `signed by` says who does. `name@site` is a passkey of that site, `name@site+` one that verified
/// its user, `name@site-` one that did not even see one, `name@` a P-256 key that signs plainly.
/// The answer is `accepted`, `exists` or a reason, `REASON at step 1` where a step is refused, and
/// before it `fires NAME` for each timer. Names stand for keys, accounts and ids that are hashed
/// from them; `founder` is the founder's account.
final class AccountScript {
    /// Limits that a table reaches soon.
    static final Parameters SMALL =
            Parameters.STANDARD
                    .with(new AccountLimits(3, 2, 2, 3, 3, 86_400_000, 60_000, 7_200_000))
                    .with(new TrafficLimits(4, 2, 3_600_000, 100, 40, 1_000, 3));

    /// Where passkeys sign.
    static final String ORIGIN = "https://example.org";

    private static final long NEW_YEAR_MILLIS = 1_767_225_600_000L;
    private static final long DAY_MILLIS = 86_400_000;
    private static final Pattern LINE =
            Pattern.compile("(?:at (\\S+) )?(\\S+) (.*?)(?: signed by (\\S+))?(?: / (.*))?");
    private static final Pattern TIME = Pattern.compile("(?:(\\d+)d)?(\\d+):(\\d+)(?::(\\d+))?");

    final Genesis genesis;
    private final BlockExecution execution;
    private final Map<String, PendingId> pending = new TreeMap<>();
    private State state;
    private long height;
    private long timeMillis = NEW_YEAR_MILLIS;
    private int sent;

    AccountScript(Parameters parameters) {
        this(AccountLine.genesis(parameters));
    }

    AccountScript(Genesis genesis) {
        this.genesis = genesis;
        this.execution = new BlockExecution(genesis);
        this.state = execution.initialState();
    }

    /// Plays a table and holds each answer against the one that stands behind its bar.
    static void holds(Parameters parameters, String table) {
        holds(new AccountScript(parameters), table);
    }

    /// The same, going on with a ledger.
    static void holds(AccountScript ledger, String table) {
        List<String> rows = table.lines().toList();
        assertThat(rows.stream().map(row -> answered(row, ledger.run(line(row)))).toList())
                .isEqualTo(rows);
    }

    /// A row without its answer.
    static String line(String row) {
        return row.substring(0, row.indexOf('|')).strip();
    }

    /// A row with this answer.
    static String answered(String row, String answer) {
        return (row.substring(0, row.indexOf('|')) + "| " + answer).stripTrailing();
    }

    /// An instant, `10:00`, `10:00:30` or `2d10:00` of the days from New Year of 2026 [ms].
    static long time(String text) {
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            return Long.parseLong(text);
        }
        long days = parts.group(1) == null ? 0 : Long.parseLong(parts.group(1));
        long seconds = parts.group(4) == null ? 0 : Long.parseLong(parts.group(4));
        long minutes = Long.parseLong(parts.group(2)) * 60 + Long.parseLong(parts.group(3));
        return NEW_YEAR_MILLIS + days * DAY_MILLIS + (minutes * 60 + seconds) * 1_000;
    }

    State state() {
        return state;
    }

    long height() {
        return height;
    }

    /// The answer to a line.
    String run(String line) {
        List<String> words = List.of(line.strip().split(" +"));
        return switch (words.getFirst()) {
            case "balance" -> balance(words.get(1), words.get(2));
            case "pending" -> pending(words.get(1));
            default -> answer(execute(line));
        };
    }

    /// What comes of a line as the only transaction of the next block, which is adopted.
    Draft.Sealed execute(String line) {
        Moment moment = begin(line);
        if (line.strip().endsWith("tick")) {
            return adopt(execution.execute(state, moment, block(tick())));
        }
        if (!line.contains("@")) {
            byte[] bundle = Bundle.of(List.of(signed(line, moment))).toBytes();
            return adopt(execution.execute(state, moment, block(bundle)));
        }
        Draft draft = execution.draft(state, moment);
        draft.begin();
        Transaction transaction = transaction(line, moment);
        draft.execute(Sha256.of(), verified(transaction, signers(line)));
        return adopt(draft.seal());
    }

    /// What comes of a block of these bundles, which is adopted.
    Draft.Sealed execute(List<byte[]> bundles) {
        return adopt(execution.execute(state, begin(""), bundles));
    }

    /// What comes of a block at a moment that [#begin(String)] gave, which is adopted.
    Draft.Sealed execute(Moment moment, List<byte[]> bundles) {
        return adopt(execution.execute(state, moment, bundles));
    }

    /// The bundles of a block with one; in a shared ledger the engine's notice comes first.
    List<byte[]> block(byte[] bundle) {
        return genesis.isShared()
                ? List.of(new EngineNotice(List.of(), height).toBytes(), bundle)
                : List.of(bundle);
    }

    static byte[] tick() {
        return new Bundle(List.of()).toBytes();
    }

    /// The next block's height and time.
    Moment begin(String line) {
        Matcher parts = LINE.matcher(line.strip());
        boolean timed = parts.matches() && parts.group(1) != null;
        timeMillis = timed ? Math.max(time(parts.group(1)), timeMillis + 1) : timeMillis + 1;
        return new Moment(++height, timeMillis);
    }

    /// The transaction that a line stands for, for a block at this moment.
    SignedTransaction signed(String line, Moment moment) {
        Transaction transaction = transaction(line, moment);
        byte[] message = SignedTransaction.message(transaction);
        return new SignedTransaction(
                ByteString.of(TransactionCodec.encode(transaction)),
                signers(line).stream()
                        .map(name -> signature(name, message))
                        .sorted(Comparator.comparing(SignedTransaction.Signature::key))
                        .toList());
    }

    /// A transaction with signatures of any kind, as the verifier would make one of it.
    static VerifiedTransaction verified(Transaction transaction, List<String> signers) {
        List<VerifiedSignature> signatures =
                signers.stream()
                        .map(AccountScript::signature)
                        .sorted(Comparator.comparing(VerifiedSignature::key))
                        .toList();
        return new Verified(
                transaction, Sha256.of(SignedTransaction.message(transaction)), signatures);
    }

    Transaction.Version2 transaction(String line, Moment moment) {
        Matcher parts = parts(line);
        Map<String, String> options = options(parts);
        String sender = parts.group(2);
        List<AccountLine> steps =
                Arrays.stream(parts.group(3).split(";", -1))
                        .map(text -> new AccountLine(sender, text, pending))
                        .toList();
        long number = ++sent;
        Transaction.Version2 transaction =
                new Transaction.Version2(
                        options.containsKey("rules")
                                ? Integer.parseInt(options.get("rules"))
                                : Math.max(2, Rules.at(genesis, state, moment.height()).version()),
                        id(options.getOrDefault("id", "transaction " + number)),
                        genesis.hash(),
                        AccountLine.account(options.getOrDefault("sender", sender)),
                        Integer.parseInt(options.getOrDefault("lane", "0")),
                        Long.parseLong(options.getOrDefault("number", Long.toString(number))),
                        new Transaction.Expiry(
                                Long.parseLong(
                                        options.getOrDefault(
                                                "height", Long.toString(moment.height()))),
                                options.containsKey("expires")
                                        ? time(options.get("expires"))
                                        : moment.timeMillis() + 1),
                        steps.stream().map(AccountLine::step).toList());
        Digest content = Sha256.of(SignedTransaction.message(transaction));
        for (int index = 0; index < steps.size(); index++) {
            PendingId reserved = PendingId.of(content, index);
            steps.get(index).newName().ifPresent(name -> pending.put(name, reserved));
        }
        return transaction;
    }

    /// The answer of a block with one transaction or none.
    String answer(Draft.Sealed sealed) {
        return sealed.outcomes().stream()
                .map(outcome -> answer(outcome.receipt()))
                .collect(Collectors.joining(", "));
    }

    private String answer(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted _ -> "accepted";
            case Receipt.Exists _ -> "exists";
            case Receipt.Rejected(_, var rejection, var step) ->
                    step.isPresent()
                            ? rejection.name() + " at step " + step.getAsInt()
                            : rejection.name();
            case Receipt.Fired(var key) -> "fires " + name(key);
            case Receipt.Noticed _ -> "noticed";
        };
    }

    private String name(ByteString key) {
        try {
            return switch (Timer.ofKey(key).subject()) {
                case Timer.Subject.Expiry(var id) ->
                        pending.entrySet().stream()
                                .filter(entry -> entry.getValue().equals(id))
                                .map(Map.Entry::getKey)
                                .findFirst()
                                .orElseThrow();
                case Timer.Subject.RecoveryEnd _ -> "recovery";
                case Timer.Subject.ClaimDue _ -> "claims";
            };
        } catch (mitoyen.ledger.cbor.CborException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Draft.Sealed adopt(Draft.Sealed sealed) {
        state = sealed.state();
        return sealed;
    }

    private String balance(String name, String asset) {
        Account held = state.accounts().account(AccountLine.account(name), new Asset(asset));
        return held.debitsPending()
                + " "
                + held.debitsPosted()
                + " "
                + held.creditsPending()
                + " "
                + held.creditsPosted();
    }

    private String pending(String name) {
        return Optional.ofNullable(pending.get(name))
                .flatMap(state.account().pending()::find)
                .map(PendingTransfer::transfer)
                .map(transfer -> transfer.amount() + " " + transfer.asset())
                .orElse("none");
    }

    private static List<String> signers(String line) {
        Matcher parts = parts(line);
        String names = parts.group(4) == null ? parts.group(2) : parts.group(4);
        return names.equals("nobody") ? List.of() : List.of(names.split(",", -1));
    }

    private static Map<String, String> options(Matcher parts) {
        Map<String, String> options = new TreeMap<>();
        if (parts.group(5) != null) {
            for (String text : parts.group(5).strip().split(" +", -1)) {
                options.put(text.split("=", -1)[0], text.split("=", -1)[1]);
            }
        }
        return options;
    }

    private static Matcher parts(String line) {
        Matcher parts = LINE.matcher(line.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(line);
        }
        return parts;
    }

    private static TransactionId id(String name) {
        byte[] hash = LedgerScript.digest(name).toBytes();
        return new TransactionId(ByteString.of(hash, 0, TransactionId.LENGTH));
    }

    private static SignedTransaction.Signature signature(String name, byte[] message) {
        if (!name.contains("@")) {
            byte[] seed = LedgerScript.seed(name);
            return SignedTransaction.Signature.plain(
                    AccountLine.key(name), Ed25519.sign(seed, message));
        }
        TestPasskey passkey = AccountLine.passkey(name);
        return AccountLine.siteName(name)
                .map(site -> passkey.assertion(message, flags(name), site, ORIGIN))
                .orElseGet(() -> passkey.plain(message));
    }

    private static int flags(String name) {
        if (name.endsWith("-")) {
            return 0;
        }
        return name.endsWith("+") ? TestPasskey.VERIFIED : TestPasskey.PRESENT;
    }

    private static VerifiedSignature signature(String name) {
        SignerKey key = AccountLine.key(name);
        return AccountLine.site(name)
                .map(site ->
                        new VerifiedSignature(
                                key,
                                Optional.of(
                                        new VerifiedSignature.Assertion(site, name.endsWith("+")))))
                .orElseGet(() -> VerifiedSignature.plain(key));
    }

    /// What the verifier would make.
    record Verified(Transaction transaction, Digest contentHash, List<VerifiedSignature> signatures)
            implements VerifiedTransaction {
        @Override
        public SortedSet<SignerKey> signers() {
            return signatures.stream()
                    .filter(each -> each.assertion().isEmpty())
                    .map(VerifiedSignature::key)
                    .collect(
                            Collectors.collectingAndThen(
                                    Collectors.toCollection(TreeSet::new),
                                    Collections::unmodifiableSortedSet));
        }
    }

    /// A step that a line stands for.
    Step step(String account, String text) {
        return new AccountLine(account, text, pending).step();
    }
}
