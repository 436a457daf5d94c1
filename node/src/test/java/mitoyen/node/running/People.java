package mitoyen.node.running;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;
import mitoyen.ledger.wire.Ed25519;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.TransactionCodec;

/// Transactions of version 2 of people that do not exist, signed by keys that anyone can work out.
/// The founder's key is that of [Street]. One instance serves a ledger: two number what a sender
/// sends within one millisecond alike, and so use one id twice.
public final class People {
    /// What everyone pays with.
    public static final Asset EUR = new Asset("EUR");

    private static final long HOUR_MILLIS = 3_600_000;
    private static final Digest NO_REFERENCE = Sha256.of(new byte[0]);

    private final Genesis genesis;
    private final InstantSource clock;
    private long number;

    /// On the ledger with this genesis.
    public People(Genesis genesis) {
        this(genesis, InstantSource.system());
    }

    /// At another time than now.
    People(Genesis genesis, InstantSource clock) {
        this.genesis = genesis;
        this.clock = clock;
    }

    /// A genesis of version 2 with an asset.
    public static Genesis genesis() {
        return new Genesis("people", key("founder"), 2, Parameters.STANDARD, List.of(euros()));
    }

    /// The same ordered by a single validator.
    public static Genesis shared() {
        Genesis alone = genesis();
        return alone.sharedBy(
                new GovernanceTerms(
                        SignerSet.single(alone.founder()),
                        List.of(new Validator(alone.founder(), 10, "one"))));
    }

    /// The terms of [#EUR]: everyone may owe a hundred.
    public static AssetTerms euros() {
        return new AssetTerms(
                EUR,
                new Amount(10_000),
                new Amount(0),
                new Amount(100_000_000),
                account("founder"),
                new Amount(Long.MAX_VALUE),
                NO_REFERENCE);
    }

    /// The account of somebody.
    public static AccountId account(String name) {
        return AccountId.of(key(name));
    }

    /// Opens somebody's account.
    public SignedTransaction open(String name) {
        return asked(
                "founder",
                new AccountTransaction.OpenAccount(account(name), SignerSet.single(key(name))));
    }

    /// Creates [#EUR].
    public SignedTransaction createEuros() {
        return asked("founder", new AccountTransaction.CreateAsset(euros()));
    }

    /// Somebody pays somebody.
    ///
    /// @param cents each a transfer of its own
    public SignedTransaction pay(String from, String to, long... cents) {
        List<Step> steps = new ArrayList<>();
        for (long each : cents) {
            steps.add(
                    new Step.Account(
                            new AccountTransaction.Move(
                                    EUR,
                                    account(from),
                                    account(to),
                                    new Amount(each * Asset.CENT),
                                    NO_REFERENCE)));
        }
        return sign(from, steps);
    }

    /// Somebody pays somebody under an id that another may have used.
    public SignedTransaction payUnder(TransactionId id, String from, String to, long cents) {
        number++;
        Step step =
                new Step.Account(
                        new AccountTransaction.Move(
                                EUR,
                                account(from),
                                account(to),
                                new Amount(cents * Asset.CENT),
                                NO_REFERENCE));
        return SignedTransaction.sign(transaction(id, from, List.of(step)), seed(from));
    }

    /// Somebody reserves an amount for somebody; the founder is the arbiter.
    public SignedTransaction reserve(String from, String to, long cents, long expiresMillis) {
        return asked(
                from,
                new AccountTransaction.Reserve(
                        EUR,
                        account(from),
                        account(to),
                        new Amount(cents * Asset.CENT),
                        expiresMillis,
                        Optional.of(account("founder")),
                        NO_REFERENCE));
    }

    /// The id of what the only step of a transaction reserves.
    public static PendingId hold(SignedTransaction transaction, Genesis genesis) {
        return PendingId.of(Sha256.of(message(transaction, genesis)), 0);
    }

    /// Has the rules of version 2 hold from a height on.
    public SignedTransaction activate(long height) {
        return sign("founder", List.of(new Step.Activate(2, height, Parameters.STANDARD)));
    }

    private SignedTransaction asked(String sender, AccountTransaction step) {
        return sign(sender, List.of(new Step.Account(step)));
    }

    private SignedTransaction sign(String sender, List<Step> steps) {
        number = Math.max(number + 1, clock.millis());
        byte[] name = (sender + number).getBytes(StandardCharsets.UTF_8);
        TransactionId id = TransactionId.derive(seed("ids"), name);
        return SignedTransaction.sign(transaction(id, sender, steps), seed(sender));
    }

    private Transaction.Version2 transaction(TransactionId id, String sender, List<Step> steps) {
        return new Transaction.Version2(
                Math.max(2, genesis.version()),
                id,
                genesis.hash(),
                account(sender),
                0,
                number,
                new Transaction.Expiry(100_000, clock.millis() + HOUR_MILLIS),
                steps);
    }

    private static byte[] message(SignedTransaction transaction, Genesis genesis) {
        try {
            return SignedTransaction.message(
                    TransactionCodec.decode(transaction.body().toBytes(), genesis.parameters()));
        } catch (CborException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static SignerKey key(String name) {
        return Ed25519.keyOf(seed(name));
    }

    private static byte[] seed(String name) {
        return Sha256.of(name.getBytes(StandardCharsets.UTF_8)).toBytes();
    }
}
