package mitoyen.simulator.workload;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mitoyen.ledger.account.AccountEvent;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;
import mitoyen.ledger.wire.Ed25519;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.simulator.model.Chance;

/// Accounts that owe each other money, on a ledger of version 2, and their transfers: each of one
/// cent, from anyone to anyone, with one signature.
public final class Street {
    /// The time of the ledger's first block [ms since 1970].
    public static final long START_MILLIS = 1_750_000_000_000L;

    private static final Asset EUR = new Asset("EUR");
    private static final Amount CENT = new Amount(Asset.CENT);
    private static final Amount MUCH = new Amount(1_000_000_000_000L);
    private static final long VALID_MILLIS = 12 * 3_600_000L;
    private static final long VALID_BLOCKS = 900_000;
    private static final long HOLD_MILLIS = 3_600_000;

    /// How many accounts a transaction opens.
    private static final int OPENINGS = 16;

    private final int lanes;
    private final int[] nextLanes;
    private final List<byte[]> seeds;
    private final byte[] founderSeed;
    private final List<SignerKey> keys;
    private final List<AccountId> accounts;
    private final Chance chance;
    private Genesis genesis;
    private int version;
    private long sent;

    /// A street of so many accounts that each send in one lane; its keys follow from the seed.
    public Street(int size, long seed) {
        this(size, seed, 1);
    }

    /// The same with more lanes, which each account takes one after the other: so what overtakes on
    /// its way is not refused.
    public Street(int size, long seed, int lanes) {
        this.lanes = lanes;
        this.nextLanes = new int[size];
        this.seeds = IntStream.range(0, size).mapToObj(number -> seed(seed, number)).toList();
        this.keys = seeds.parallelStream().map(Ed25519::keyOf).toList();
        this.accounts = keys.stream().map(AccountId::of).toList();
        this.chance = Chance.of(seed);
        this.founderSeed = seed(seed, -1);
        SignerKey founder = Ed25519.keyOf(founderSeed);
        this.genesis =
                new Genesis(
                        "street",
                        founder,
                        Genesis.NEWEST_VERSION,
                        Parameters.STANDARD,
                        List.of(
                                new AssetTerms(
                                        EUR,
                                        CENT,
                                        Amount.ZERO,
                                        MUCH,
                                        AccountId.of(founder),
                                        MUCH,
                                        Sha256.of())));
        this.version = genesis.version();
    }

    /// Goes on with another genesis of the same founder, such as a shared one, and under the
    /// version that it begins with.
    public void moveTo(Genesis other) {
        genesis = other;
        version = other.version();
    }

    /// Sends for another protocol version from now on.
    public void moveTo(int activated) {
        version = activated;
    }

    /// What the ledger begins with.
    public Genesis genesis() {
        return genesis;
    }

    /// The seed of the founder's key; a copy.
    public byte[] founderSeed() {
        return founderSeed.clone();
    }

    /// The keys of its accounts, in order.
    public List<SignerKey> keys() {
        return keys;
    }

    /// The ledger's state once all accounts are open.
    public State opened() {
        StateMachine machine = new StateMachine(genesis);
        State state = machine.initialState();
        for (int i = 0; i < keys.size(); i++) {
            state =
                    machine.apply(
                            state,
                            new Event.Account(
                                    new AccountEvent.AccountOpened(
                                            accounts.get(i), SignerSet.single(keys.get(i)))));
        }
        return state;
    }

    /// What opens all accounts, signed by the founder: at most 1,000 at once (LE-93).
    ///
    /// @param height of the block below
    /// @param timeMillis of the block below [ms since 1970]
    public List<Sent> openings(long height, long timeMillis) {
        List<Sent> openings = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += OPENINGS) {
            List<Step> steps = new ArrayList<>();
            for (int i = from; i < Math.min(from + OPENINGS, keys.size()); i++) {
                steps.add(
                        new Step.Account(
                                new AccountTransaction.OpenAccount(
                                        accounts.get(i), SignerSet.single(keys.get(i)))));
            }
            Transaction opening =
                    transaction(genesis.founderAccount(), nextId(), 0, steps, height, timeMillis);
            openings.add(sign(opening, genesis.founder(), founderSeed));
        }
        return openings;
    }

    /// So many transfers, signed on every processor.
    ///
    /// @param height of the block below
    /// @param timeMillis of the block below [ms since 1970]
    public List<Sent> transfers(int count, long height, long timeMillis) {
        List<Draft> drafts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            drafts.add(draft(chance.below(accounts.size()), height, timeMillis));
        }
        return drafts.parallelStream().map(this::sign).toList();
    }

    /// A transfer from each account, so that all of them have moved something, and all keys have
    /// signed.
    public List<Sent> transfersOfAll(long height, long timeMillis) {
        List<Draft> drafts = new ArrayList<>(accounts.size());
        for (int payer = 0; payer < accounts.size(); payer++) {
            drafts.add(draft(payer, height, timeMillis));
        }
        return drafts.parallelStream().map(this::sign).toList();
    }

    /// So many transfers from one account.
    public List<Sent> transfersOf(int payer, int count, long height, long timeMillis) {
        List<Draft> drafts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            drafts.add(draft(payer, height, timeMillis));
        }
        return drafts.parallelStream().map(this::sign).toList();
    }

    /// A transfer from one account that bears an id which another sender used.
    ///
    /// @param id 16 bytes
    public Sent transferUnder(byte[] id, int payer, long height, long timeMillis) {
        Transaction.Version2 own =
                (Transaction.Version2) draft(payer, height, timeMillis).transaction;
        Transaction twin =
                new Transaction.Version2(
                        version,
                        new TransactionId(ByteString.of(id)),
                        own.ledger(),
                        own.sender(),
                        own.lane(),
                        own.number(),
                        own.expiry(),
                        own.steps());
        return sign(new Draft(twin, payer));
    }

    /// A hold of two cents by one account for the next one, open for an hour, and what posts one of
    /// them and releases the other: how a charge begins and ends. The first has to be on the ledger
    /// before the second is sent.
    ///
    /// @param height of the block below
    /// @param timeMillis of the block below [ms since 1970]
    public Hold hold(int payer, long height, long timeMillis) {
        int payee = (payer + 1) % accounts.size();
        byte[] id = nextId();
        Draft reserving =
                draft(
                        payer,
                        id,
                        new AccountTransaction.Reserve(
                                EUR,
                                accounts.get(payer),
                                accounts.get(payee),
                                new Amount(2 * Asset.CENT),
                                timeMillis + HOLD_MILLIS,
                                Optional.empty(),
                                Sha256.of(id)),
                        height,
                        timeMillis);
        PendingId pending =
                PendingId.of(Sha256.of(SignedTransaction.message(reserving.transaction)), 0);
        Draft posting =
                draft(
                        payee,
                        nextId(),
                        new AccountTransaction.PostPending(pending, Optional.of(CENT)),
                        height,
                        timeMillis);
        return new Hold(sign(reserving), sign(posting));
    }

    private Draft draft(int payer, long height, long timeMillis) {
        int payee = (payer + 1 + chance.below(accounts.size() - 1)) % accounts.size();
        byte[] id = nextId();
        return draft(
                payer,
                id,
                new AccountTransaction.Move(
                        EUR, accounts.get(payer), accounts.get(payee), CENT, Sha256.of(id)),
                height,
                timeMillis);
    }

    private Draft draft(
            int payer, byte[] id, AccountTransaction asked, long height, long timeMillis) {
        Step step = new Step.Account(asked);
        int lane = nextLanes[payer];
        nextLanes[payer] = (lane + 1) % lanes;
        return new Draft(
                transaction(accounts.get(payer), id, lane, List.of(step), height, timeMillis),
                payer);
    }

    private byte[] nextId() {
        sent++;
        return ByteBuffer.allocate(TransactionId.LENGTH)
                .putLong(chance.next())
                .putLong(sent)
                .array();
    }

    /// A transaction with the number that belongs to the id made last.
    private Transaction transaction(
            AccountId sender, byte[] id, int lane, List<Step> steps, long height, long timeMillis) {
        return new Transaction.Version2(
                version,
                new TransactionId(ByteString.of(id)),
                genesis.hash(),
                sender,
                lane,
                sent,
                new Transaction.Expiry(height + VALID_BLOCKS, timeMillis + VALID_MILLIS),
                steps);
    }

    private Sent sign(Draft draft) {
        return sign(draft.transaction, keys.get(draft.payer), seeds.get(draft.payer));
    }

    private static Sent sign(Transaction transaction, SignerKey key, byte[] seed) {
        SignedTransaction signed = SignedTransaction.sign(transaction, seed);
        return new Sent(
                ByteString.of(signed.toBytes()),
                key,
                ByteString.of(SignedTransaction.message(transaction)),
                signed.signatures().getFirst().signature());
    }

    private static byte[] seed(long seed, int number) {
        return Sha256.of(
                        ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                                .putLong(seed)
                                .putInt(number)
                                .array())
                .toBytes();
    }

    private record Draft(Transaction transaction, int payer) {}

    /// A hold, and what ends it.
    public record Hold(Sent reserving, Sent posting) {}

    /// A transfer as it is sent, and what its signature is over.
    public record Sent(ByteString bytes, SignerKey key, ByteString message, ByteString signature) {}
}
