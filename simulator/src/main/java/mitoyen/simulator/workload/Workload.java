package mitoyen.simulator.workload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountLimits;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.TrafficLimits;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.SignedTransaction.Signature;
import mitoyen.ledger.wire.TransactionCodec;
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

    // The reasons of LE-60, by number.
    private static final int BUNDLE_MALFORMED = 1;
    private static final int TOO_LARGE = 2;
    private static final int MALFORMED = 3;
    private static final int FOR_ANOTHER_LEDGER = 4;
    private static final int FOR_ANOTHER_VERSION = 5;
    private static final int KEY_INVALID = 6;
    private static final int SIGNATURE_INVALID = 7;

    private static final byte[] TAG = "mitoyen transaction\n".getBytes(StandardCharsets.US_ASCII);
    private static final Parameters LIMITS =
            new Parameters(
                    4_000,
                    20_000,
                    8,
                    3,
                    8,
                    10,
                    TrafficLimits.STANDARD,
                    AccountLimits.STANDARD,
                    List.of(),
                    Optional.empty());
    private static final int VERSION = 1;
    private static final int REMEMBERED = 64;

    private final Chance chance;
    private final Signing signing;
    private final Digest ledger;
    private final EnergyRequests energy;
    private final List<Order> sentBefore = new ArrayList<>();

    /// What is sent to a ledger.
    ///
    /// @param auditor whose books say what there is to ask about
    public Workload(Chance chance, Signing signing, Genesis genesis, Auditor auditor) {
        this.chance = chance;
        this.signing = signing;
        this.ledger = genesis.hash();
        this.energy = new EnergyRequests(chance, signing, auditor);
    }

    /// What a ledger begins with, small in its limits.
    ///
    /// @param name which tells the ledgers of a run from each other
    public static Genesis genesis(String name, Signing signing) {
        return new Genesis(name, signing.key(FOUNDER), LIMITS);
    }

    /// The next bundle.
    public Parcel next() {
        if (chance.happens(1, 150)) {
            byte[] bytes = noBundle();
            Sent hopeless = new Sent.Hopeless(Sha256.of(bytes), BUNDLE_MALFORMED);
            return new Parcel(ByteString.of(bytes), List.of(hopeless));
        }
        int count = chance.happens(3, 4) ? 1 : chance.below(5);
        List<ByteString> transactions = new ArrayList<>();
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Made one = transaction();
            transactions.add(ByteString.of(one.bytes));
            sent.add(one.sent);
        }
        return new Parcel(ByteString.of(new Bundle(transactions).toBytes()), sent);
    }

    static byte[] hash(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).toBytes();
    }

    static byte[] hash(long number) {
        return Sha256.of(ByteBuffer.allocate(Long.BYTES).putLong(number).array()).toBytes();
    }

    private byte[] noBundle() {
        ByteString nothing = ByteString.of(new byte[0]);
        byte[] empty = new Bundle(Collections.nCopies(2, nothing)).toBytes();
        byte[] crowded =
                new Bundle(Collections.nCopies(LIMITS.bundleTransactions() + 1, nothing)).toBytes();
        return switch (chance.below(5)) {
            case 0 -> new byte[LIMITS.bundleBytes() + 1];
            case 1 -> crowded;
            case 2 -> Arrays.copyOf(empty, empty.length + 1);
            case 3 -> Arrays.copyOf(empty, chance.below(empty.length));
            default -> {
                byte[] map = chance.bytes(1 + chance.below(40));
                map[0] = (byte) 0xa1;
                yield map;
            }
        };
    }

    private Made transaction() {
        return switch (chance.below(80)) {
            case 0 -> hopeless(chance.bytes(LIMITS.transactionBytes() + 1), TOO_LARGE);
            case 1 -> hopeless(cutOrLonger(), MALFORMED);
            case 2 -> hopeless(againstLimits(), MALFORMED);
            case 3 -> hopeless(elsewhere(), FOR_ANOTHER_LEDGER);
            case 4 -> hopeless(otherVersion(), FOR_ANOTHER_VERSION);
            case 5 -> hopeless(invalidKey(), KEY_INVALID);
            case 6 -> hopeless(badSignature(), SIGNATURE_INVALID);
            case 7, 8, 9 -> request(again());
            default -> request(order(id()));
        };
    }

    /// Something sent before: the same, the same by others, or another thing under its id.
    private Order again() {
        if (sentBefore.isEmpty()) {
            return order(id());
        }
        Order before = chance.oneOf(sentBefore);
        return switch (chance.below(3)) {
            case 0 -> before;
            case 1 -> new Order(before.id, before.asked, people(chance.below(PEOPLE)));
            default -> order(before.id);
        };
    }

    private Order order(TransactionId id) {
        EnergyRequests.Asked asked = energy.next();
        int signer = chance.happens(1, 40) ? chance.below(PEOPLE) : asked.signer();
        return new Order(id, asked.transaction(), people(signer));
    }

    /// Somebody, and sometimes somebody else with him.
    private List<Integer> people(int first) {
        return chance.happens(1, 20) && first != 1 ? List.of(first, 1) : List.of(first);
    }

    private TransactionId id() {
        return new TransactionId(ByteString.of(chance.bytes(TransactionId.LENGTH)));
    }

    private Made request(Order order) {
        if (sentBefore.size() < REMEMBERED) {
            sentBefore.add(order);
        } else {
            sentBefore.set(chance.below(REMEMBERED), order);
        }
        byte[] body = body(ledger, VERSION, order);
        Set<SignerKey> signers = new HashSet<>();
        order.signers.forEach(person -> signers.add(signing.key(person)));
        byte[] bytes = signed(ledger, body, order.signers).toBytes();
        return new Made(
                bytes,
                new Sent.Request(
                        Sha256.of(bytes),
                        order.id,
                        Sha256.of(message(ledger, body)),
                        signers,
                        order.asked));
    }

    private static Made hopeless(byte[] bytes, int reason) {
        return new Made(bytes, new Sent.Hopeless(Sha256.of(bytes), reason));
    }

    private byte[] cutOrLonger() {
        byte[] bytes = signed(order(id())).toBytes();
        int length = chance.happens(1, 2) ? chance.below(bytes.length) : bytes.length + 1;
        return Arrays.copyOf(bytes, length);
    }

    /// One more signature or claim than the ledger takes, or signatures out of order.
    private byte[] againstLimits() {
        return switch (chance.below(3)) {
            case 0 ->
                    signed(new Order(id(), energy.next().transaction(), List.of(0, 1, 2, 3)))
                            .toBytes();
            case 1 -> {
                List<Claim> claims =
                        Collections.nCopies(LIMITS.claims() + 1, new Claim(account(1), Money.ZERO));
                EnergyTransaction asked = new ClaimMonth("community-0", "2026-01", 1, 1, claims);
                yield signed(new Order(id(), asked, List.of(FOUNDER))).toBytes();
            }
            default -> {
                SignedTransaction two =
                        signed(new Order(id(), energy.next().transaction(), List.of(0, 1)));
                yield new SignedTransaction(two.body(), two.signatures().reversed()).toBytes();
            }
        };
    }

    private byte[] elsewhere() {
        Digest other = Digest.of(hash(chance.next()));
        byte[] body = body(other, chance.from(1, 2), order(id()));
        return signed(other, body, List.of(FOUNDER)).toBytes();
    }

    private byte[] otherVersion() {
        int version = chance.oneOf(List.of(0, 2, 3, Integer.MAX_VALUE));
        return signed(ledger, body(ledger, version, order(id())), List.of(FOUNDER)).toBytes();
    }

    private byte[] invalidKey() {
        EnergyTransaction founding =
                new FoundCommunity(
                        "community-0",
                        signing.invalidKey(),
                        new Asset("EUR"),
                        Digest.of(hash(1)),
                        account(1),
                        account(2),
                        account(3));
        return signed(new Order(id(), founding, List.of(FOUNDER))).toBytes();
    }

    private byte[] badSignature() {
        SignedTransaction good = signed(order(id()));
        Signature last = good.signatures().getLast();
        byte[] bytes = last.signature().toBytes();
        bytes[chance.below(bytes.length)] ^= (byte) (1 << chance.below(8));
        List<Signature> signatures = new ArrayList<>(good.signatures());
        signatures.set(signatures.size() - 1, Signature.plain(last.key(), ByteString.of(bytes)));
        return new SignedTransaction(good.body(), signatures).toBytes();
    }

    private static AccountId account(int number) {
        return new AccountId(ByteString.of(hash(number), 0, AccountId.LENGTH));
    }

    private SignedTransaction signed(Order order) {
        return signed(ledger, body(ledger, VERSION, order), order.signers);
    }

    private static byte[] body(Digest ledger, int version, Order order) {
        return TransactionCodec.encode(
                new Transaction.Version1(order.id, ledger, version, new Step.Energy(order.asked)));
    }

    private SignedTransaction signed(Digest ledger, byte[] body, List<Integer> people) {
        byte[] message = message(ledger, body);
        List<Signature> signatures = new ArrayList<>();
        for (int person : people) {
            signatures.add(Signature.plain(signing.key(person), signing.sign(person, message)));
        }
        signatures.sort(Comparator.comparing(Signature::key));
        return new SignedTransaction(ByteString.of(body), signatures);
    }

    /// What is signed (LE-71).
    private static byte[] message(Digest ledger, byte[] body) {
        byte[] message = Arrays.copyOf(TAG, TAG.length + Digest.LENGTH + body.length);
        ledger.bytes().copyTo(message, TAG.length);
        System.arraycopy(body, 0, message, TAG.length + Digest.LENGTH, body.length);
        return message;
    }

    /// What somebody wants done.
    private record Order(TransactionId id, EnergyTransaction asked, List<Integer> signers) {}

    /// A transaction on its way, bytes and meaning.
    private static final class Made {
        private final byte[] bytes;
        private final Sent sent;

        Made(byte[] bytes, Sent sent) {
            this.bytes = bytes;
            this.sent = sent;
        }
    }
}
