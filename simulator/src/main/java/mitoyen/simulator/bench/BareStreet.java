package mitoyen.simulator.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountEvent;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountLimits;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.PendingTransfer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.IdEntry;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Sender;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Timer;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;
import mitoyen.ledger.signature.PasskeyAssertion;
import mitoyen.ledger.signature.PasskeyVerdict;
import mitoyen.ledger.signature.RelyingParty;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.ledger.wire.Ed25519;
import mitoyen.ledger.wire.SignatureRule;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.TransactionCodec;
import mitoyen.simulator.model.Chance;

/// States of any size, made of events alone, and transactions for them that nobody signed: for
/// measuring what the state costs and not what signatures do.
final class BareStreet {
    static final long START_MILLIS = 1_750_000_000_000L;

    private static final long HOUR = 3_600_000;
    private static final Asset EUR = new Asset("EUR");
    private static final Amount CENT = new Amount(Asset.CENT);
    private static final Amount MUCH = new Amount(1_000_000_000_000_000L);
    private static final ByteString NO_SIGNATURE =
            ByteString.of(new byte[Ed25519.SIGNATURE_LENGTH]);

    private final Genesis genesis;
    private final StateMachine machine;
    private final int size;
    private long sent = 1;

    /// A street of so many accounts, each of which may have any number of pending transfers.
    BareStreet(int size) {
        this.size = size;
        AccountLimits usual = AccountLimits.STANDARD;
        AccountLimits limits =
                new AccountLimits(
                        usual.signers(),
                        usual.delegations(),
                        usual.scope(),
                        usual.guardians(),
                        Integer.MAX_VALUE,
                        usual.pendingMillis(),
                        usual.delayMillis(),
                        usual.longestDelayMillis());
        this.genesis =
                new Genesis(
                        "bare street",
                        key(-1),
                        Genesis.NEWEST_VERSION,
                        Parameters.STANDARD.with(limits),
                        List.of(
                                new AssetTerms(
                                        EUR,
                                        CENT,
                                        Amount.ZERO,
                                        MUCH,
                                        AccountId.of(key(-1)),
                                        MUCH,
                                        Sha256.of())));
        this.machine = new StateMachine(genesis);
    }

    /// What executes blocks without asking for signatures.
    BlockExecution execution() {
        return new BlockExecution(genesis, new Unsigned());
    }

    /// The state in which each account is open, sent something once and paid its neighbour. No id
    /// of a transaction is remembered any more.
    State accounts() {
        State state = machine.initialState();
        for (int i = 0; i < size; i++) {
            AccountId id = account(i);
            state = apply(state, new AccountEvent.AccountOpened(id, SignerSet.single(key(i))));
            Transfer transfer = new Transfer(EUR, id, account((i + 1) % size), CENT);
            state = apply(state, new AccountEvent.Moved(transfer, Sha256.of()));
            state = machine.apply(state, taken(id, i));
        }
        return machine.apply(state, new Event.IdsForgotten(Long.MAX_VALUE));
    }

    /// The state with so many pending transfers more, each with its timer.
    ///
    /// @param expiresMillis when the first expires [ms since 1970]; the others one ms apart
    State holds(State before, int count, long expiresMillis) {
        State state = before;
        for (int i = 0; i < count; i++) {
            PendingTransfer pending =
                    new PendingTransfer(
                            PendingId.of(Sha256.of(number(i)), 0),
                            new Transfer(EUR, account(i % size), account((i + 1) % size), CENT),
                            expiresMillis + i,
                            Optional.empty(),
                            Sha256.of());
            state = apply(state, new AccountEvent.Reserved(pending));
            Timer timer =
                    new Timer(pending.expiresMillis(), new Timer.Subject.Expiry(pending.id()));
            state = machine.apply(state, new Event.TimerSet(timer));
        }
        return state;
    }

    /// Transactions that each pay a cent from anyone to anyone.
    List<byte[]> transfers(int count, Chance chance, long timeMillis) {
        List<byte[]> transfers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int payer = chance.below(size);
            var step =
                    new AccountTransaction.Move(
                            EUR, account(payer), other(payer, chance), CENT, Sha256.of());
            transfers.add(transaction(payer, step, timeMillis));
        }
        return transfers;
    }

    /// Transactions that each reserve a cent from anyone for anyone.
    List<byte[]> reservations(int count, Chance chance, long timeMillis) {
        List<byte[]> reservations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int payer = chance.below(size);
            var step =
                    new AccountTransaction.Reserve(
                            EUR,
                            account(payer),
                            other(payer, chance),
                            CENT,
                            timeMillis + HOUR,
                            Optional.empty(),
                            Sha256.of());
            reservations.add(transaction(payer, step, timeMillis));
        }
        return reservations;
    }

    private byte[] transaction(int payer, AccountTransaction step, long timeMillis) {
        sent++;
        Transaction transaction =
                new Transaction.Version2(
                        genesis.version(),
                        id(sent),
                        genesis.hash(),
                        account(payer),
                        0,
                        sent,
                        new Transaction.Expiry(900_000, timeMillis + HOUR),
                        List.of(new Step.Account(step)));
        var unsigned = SignedTransaction.Signature.plain(key(payer), NO_SIGNATURE);
        ByteString body = ByteString.of(TransactionCodec.encode(transaction));
        return new SignedTransaction(body, List.of(unsigned)).toBytes();
    }

    private Event taken(AccountId sender, int number) {
        TreeMap<Integer, Long> lanes = new TreeMap<>();
        lanes.put(0, 1L);
        return new Event.TransactionTaken(
                sender,
                id(number),
                new IdEntry(Sha256.of(number(number)), true),
                START_MILLIS,
                new Sender(lanes, 1, START_MILLIS));
    }

    private State apply(State state, AccountEvent event) {
        return machine.apply(state, new Event.Account(event));
    }

    private AccountId other(int payer, Chance chance) {
        return account((payer + 1 + chance.below(size - 1)) % size);
    }

    private static AccountId account(int number) {
        return AccountId.of(key(number));
    }

    private static SignerKey key(int number) {
        return new SignerKey(Sha256.of(number(number)).bytes());
    }

    private static TransactionId id(long number) {
        return new TransactionId(
                ByteString.of(Sha256.of(number(number)).toBytes(), 0, TransactionId.LENGTH));
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /// Takes every signature for one that holds.
    private static final class Unsigned implements SignatureRule {
        @Override
        public boolean isValid(SignerKey key) {
            return true;
        }

        @Override
        public boolean holds(SignerKey key, byte[] message, ByteString signature) {
            return true;
        }

        @Override
        public PasskeyVerdict passkey(
                SignerKey key, byte[] challenge, RelyingParty site, PasskeyAssertion assertion) {
            throw new IllegalStateException("nobody here has a passkey");
        }
    }
}
