package mitoyen.simulator.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountLimits;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.TrafficLimits;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.Transaction.Version1;
import mitoyen.ledger.machine.Transaction.Version2;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.EngineNotice;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.simulator.audit.Auditor;
import mitoyen.simulator.audit.Sent;
import mitoyen.simulator.model.Chance;

/// What a run sends, parcel by parcel. Most of it is in order; some is sent again, some is asked by
/// the wrong person, some is not even a transaction.
public final class Workload {
    /// Who founds the ledger.
    static final int FOUNDER = 0;

    /// How many people sign.
    static final int PEOPLE = 8;

    /// The number of the first passkey; those before it sign plainly.
    static final int FIRST_PASSKEY = 12;

    /// How many keys there are: those of people, those that they let do a little for them, and
    /// passkeys.
    static final int KEYS = 16;

    // The reasons of LE-60, by number.
    private static final int BUNDLE_MALFORMED = 1;
    private static final int TOO_LARGE = 2;
    private static final int MALFORMED = 3;
    private static final int FOR_ANOTHER_LEDGER = 4;
    private static final int FOR_ANOTHER_VERSION = 5;
    private static final int KEY_INVALID = 6;
    private static final int SIGNATURE_INVALID = 7;

    private static final TrafficLimits TRAFFIC =
            new TrafficLimits(4, 3, 3_600_000, 200, 24, 1_000, 2);
    private static final AccountLimits ACCOUNTS =
            new AccountLimits(3, 2, 2, 3, 2, 600_000, 30_000, 600_000);

    /// The limits of every ledger that is simulated; some pin a zone beside.
    static final Parameters LIMITS =
            new Parameters(
                    8_000,
                    33_000,
                    8,
                    6,
                    8,
                    10,
                    TRAFFIC,
                    ACCOUNTS,
                    Authenticator.ORIGINS,
                    Optional.empty());

    private static final int REMEMBERED = 64;

    /// One ledger of so many that can be shared is: of all, one in eight.
    private static final int SHARED_ONE_IN = 6;

    private final Chance chance;
    private final Signing signing;
    private final Signatories signatories;
    private final Digest ledger;
    private final Auditor auditor;
    private final Orders orders;
    private final GovernanceRequests governance;
    private final boolean isShared;
    private final List<Order> sentBefore = new ArrayList<>();
    private long nowMillis;

    /// What is sent to a ledger.
    ///
    /// @param auditor whose books say what there is to ask about
    public Workload(Chance chance, Signing signing, Genesis genesis, Auditor auditor) {
        this.chance = chance;
        this.signing = signing;
        this.signatories = new Signatories(chance, signing);
        this.ledger = genesis.hash();
        this.auditor = auditor;
        this.governance = new GovernanceRequests(chance, signing, genesis, auditor);
        this.isShared = genesis.isShared();
        this.orders = new Orders(chance, signing, genesis, auditor, governance);
    }

    /// What a ledger begins with, small in its limits; from version 2 on it may pin a zone.
    ///
    /// @param name which tells the ledgers of a run from each other
    /// @param version the protocol version
    public static Genesis genesis(String name, int version, Chance chance, Signing signing) {
        SignerKey founder = signing.key(FOUNDER);
        if (version == 1) {
            return new Genesis(name, founder, LIMITS);
        }
        AccountId issuer = AccountId.of(founder);
        return new Genesis(
                name,
                founder,
                version,
                limits(chance),
                List.of(
                        AccountRequests.terms(new Asset("EUR"), issuer),
                        AccountRequests.terms(new Asset("kWh"), issuer)));
    }

    /// The same, now and then ordered by several nodes, where its version knows such ledgers.
    public static Genesis perhapsShared(Genesis genesis, Chance chance, Signing signing) {
        return genesis.version() > 1 && chance.happens(1, SHARED_ONE_IN)
                ? genesis.sharedBy(GovernanceRequests.terms(chance, signing))
                : genesis;
    }

    /// Limits under which passkeys count, and perhaps a zone.
    static Parameters limits(Chance chance) {
        return Zones.any(chance).map(LIMITS::with).orElse(LIMITS);
    }

    /// The next bundle.
    ///
    /// @param millis what the time of its block may be [ms since 1970]
    public Parcel next(long millis) {
        nowMillis = millis;
        if (isShared && chance.happens(1, 12)) {
            byte[] wake = governance.wake(millis, auditor.height());
            return new Parcel(ByteString.of(wake), List.of());
        }
        if (chance.happens(1, 150)) {
            byte[] bytes = noBundle();
            Sent hopeless = new Sent.Hopeless(Sha256.of(bytes), 1, BUNDLE_MALFORMED);
            return new Parcel(ByteString.of(bytes), List.of(hopeless));
        }
        int count = chance.happens(3, 4) ? 1 : chance.below(5);
        List<ByteString> transactions = new ArrayList<>();
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Made one = transaction();
            transactions.add(one.bytes);
            sent.add(one.sent);
        }
        return new Parcel(ByteString.of(new Bundle(transactions).toBytes()), sent);
    }

    /// What the engine says of the next block; nothing where the ledger is not shared.
    ///
    /// @param millis what the time of the block may be [ms since 1970]
    public Optional<EngineNotice> notice(long millis) {
        return isShared ? Optional.of(governance.notice(millis)) : Optional.empty();
    }

    private byte[] noBundle() {
        ByteString nothing = ByteString.of(new byte[0]);
        byte[] empty = new Bundle(Collections.nCopies(2, nothing)).toBytes();
        byte[] crowded =
                new Bundle(Collections.nCopies(LIMITS.bundleTransactions() + 1, nothing)).toBytes();
        return switch (chance.below(6)) {
            case 0 -> new byte[LIMITS.bundleBytes() + 1];
            case 1 -> crowded;
            case 2 -> Arrays.copyOf(empty, empty.length + 1);
            case 3 -> Arrays.copyOf(empty, chance.below(empty.length));
            case 4 ->
                    isShared
                            ? new EngineNotice(List.of(), 1).toBytes()
                            : governance.wake(nowMillis, auditor.height());
            default -> {
                byte[] map = chance.bytes(1 + chance.below(40));
                map[0] = (byte) 0xa1;
                yield map;
            }
        };
    }

    private Made transaction() {
        return switch (chance.below(90)) {
            case 0 -> hopeless(chance.bytes(LIMITS.transactionBytes() + 1), 1, TOO_LARGE);
            case 1 -> hopeless(cutOrLonger(), 1, MALFORMED);
            case 2 -> hopeless(againstLimits(), 1, MALFORMED);
            case 3 -> elsewhere();
            case 4 ->
                    auditor.version() >= 2 && chance.happens(1, 2)
                            ? misnamed()
                            : hopeless(otherVersion(), 1, FOR_ANOTHER_VERSION);
            case 5 -> invalidKey();
            case 6 -> badSignature();
            case 7, 8, 9 -> request(again());
            default -> request(orders.next(orders.id(), nowMillis));
        };
    }

    /// Something sent before: the same, the same by others, or another thing under its id.
    private Order again() {
        if (sentBefore.isEmpty()) {
            return orders.next(orders.id(), nowMillis);
        }
        Order before = chance.oneOf(sentBefore);
        return switch (chance.below(3)) {
            case 0 -> before;
            case 1 -> Order.of(before.transaction(), List.of(chance.below(PEOPLE)));
            default -> orders.under(before.transaction(), nowMillis);
        };
    }

    private Made request(Order order) {
        if (sentBefore.size() < REMEMBERED) {
            sentBefore.add(order);
        } else {
            sentBefore.set(chance.below(REMEMBERED), order);
        }
        SignedOrder signed = signatories.sign(order);
        byte[] bytes = signed.transaction().toBytes();
        return new Made(
                ByteString.of(bytes),
                new Sent.Request(
                        Sha256.of(bytes),
                        signed.content(),
                        signed.signatures(),
                        order.transaction()));
    }

    private static Made hopeless(byte[] bytes, int version, int reason) {
        return new Made(ByteString.of(bytes), new Sent.Hopeless(Sha256.of(bytes), version, reason));
    }

    private Order fresh() {
        return auditor.version() == 1
                ? orders.first(orders.id())
                : orders.second(orders.id(), nowMillis);
    }

    private byte[] cutOrLonger() {
        byte[] bytes = signed(fresh()).toBytes();
        int length = chance.happens(1, 2) ? chance.below(bytes.length) : bytes.length + 1;
        return Arrays.copyOf(bytes, length);
    }

    /// One more signature or claim than the ledger takes, signatures out of order, an assertion
    /// that is too long or not of a passkey, or what only a shared ledger knows.
    private byte[] againstLimits() {
        return switch (chance.below(5)) {
            case 0 ->
                    signed(Order.of(fresh().transaction(), List.of(0, 1, 2, 3, 4, 5, 6))).toBytes();
            case 1 -> {
                List<Claim> claims =
                        Collections.nCopies(
                                LIMITS.claims() + 1, new Claim(Names.person(1), Money.ZERO));
                Step step = new Step.Energy(new ClaimMonth("community-0", "2026-01", 1, 1, claims));
                yield signed(first(orders.id(), ledger, 1, step)).toBytes();
            }
            case 2 -> signatories.signMalformed(fresh()).toBytes();
            case 3 -> isShared ? outOfOrder() : governing();
            default -> outOfOrder();
        };
    }

    private byte[] outOfOrder() {
        SignedTransaction two = signed(Order.of(fresh().transaction(), List.of(0, 1)));
        return new SignedTransaction(two.body(), two.signatures().reversed()).toBytes();
    }

    private byte[] governing() {
        Transaction asked = orders.ofNoCouncil(orders.id(), nowMillis);
        return signed(Order.of(asked, List.of(FOUNDER))).toBytes();
    }

    private Made elsewhere() {
        Digest other = Names.digest(chance.next());
        Transaction transaction = fresh().transaction();
        Transaction moved =
                switch (transaction) {
                    case Version1 made -> new Version1(made.id(), other, 1, made.step());
                    case Version2 made ->
                            new Version2(
                                    made.version(),
                                    made.id(),
                                    other,
                                    made.sender(),
                                    made.lane(),
                                    made.number(),
                                    made.expiry(),
                                    made.steps());
                };
        return hopeless(
                signed(Order.of(moved, List.of(FOUNDER))).toBytes(),
                moved.version(),
                FOR_ANOTHER_LEDGER);
    }

    private byte[] otherVersion() {
        int version = chance.oneOf(List.of(0, 4, 5, Integer.MAX_VALUE));
        Step step = orders.first(orders.id()).transaction().steps().getFirst();
        return signed(first(orders.id(), ledger, version, step)).toBytes();
    }

    /// The form of version 1 that names a version which has another (LE-95).
    private Made misnamed() {
        Step step = orders.first(orders.id()).transaction().steps().getFirst();
        Order order = first(orders.id(), ledger, auditor.version(), step);
        return hopeless(signed(order).toBytes(), auditor.version(), MALFORMED);
    }

    private Made invalidKey() {
        Step founding =
                new Step.Energy(
                        new FoundCommunity(
                                "community-0",
                                signing.invalidKey(),
                                new Asset("EUR"),
                                Names.digest(1),
                                Names.person(1),
                                Names.person(2),
                                Names.person(3)));
        Order order = first(orders.id(), ledger, 1, founding);
        if (auditor.version() >= 2 && fresh().transaction() instanceof Version2 made) {
            Step opening =
                    new Step.Account(
                            new AccountTransaction.OpenAccount(
                                    Names.person(1),
                                    SignerSet.single(
                                            chance.happens(1, 2)
                                                    ? signing.invalidKey()
                                                    : signing.invalidP256Key())));
            Transaction invalid =
                    new Version2(
                            made.version(),
                            made.id(),
                            ledger,
                            made.sender(),
                            made.lane(),
                            made.number(),
                            made.expiry(),
                            List.of(chance.happens(1, 2) ? opening : founding));
            order = Order.of(invalid, List.of(FOUNDER));
        }
        return hopeless(signed(order).toBytes(), order.transaction().version(), KEY_INVALID);
    }

    private Made badSignature() {
        Order order = fresh();
        boolean second = order.transaction() instanceof Version2;
        byte[] bytes = signatories.signBadly(order, second).toBytes();
        return hopeless(bytes, order.transaction().version(), SIGNATURE_INVALID);
    }

    private static Order first(TransactionId id, Digest ledger, int version, Step step) {
        return Order.of(new Version1(id, ledger, version, step), List.of(FOUNDER));
    }

    private SignedTransaction signed(Order order) {
        return signatories.sign(order).transaction();
    }

    /// A transaction on its way, bytes and meaning.
    private record Made(ByteString bytes, Sent sent) {}
}
