package mitoyen.ledger.machine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mitoyen.ledger.account.AccountState;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.PendingTransfers;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.governance.GovernanceState;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleMap;
import mitoyen.ledger.proof.StoredBytes;
import mitoyen.ledger.proof.StoredForm;
import mitoyen.ledger.proof.StoredSink;
import org.pcollections.TreePMap;

/// A state written down as its trees (LE-195), and the state on top of such bytes: it is there at
/// once, whatever its size, and reads an entry when it is asked for.
public final class StoredState {
    /// What the bytes begin with: no length of a [stream's][StateEntries] entry.
    private static final byte[] BEGINNING = "MITOYENT\0\0\0\1".getBytes(StandardCharsets.US_ASCII);

    private StoredState() {}

    /// Whether a state has so few assets that what [#write] writes of it is [opened][#open] again.
    public static boolean hasRoomFor(State state) {
        return state.accounts().listTotals().size() <= StoredDirectory.MOST_ASSETS;
    }

    /// Writes a state: the same bytes on every machine that is in the same state.
    public static void write(State state, StoredSink sink) {
        sink.write(BEGINNING.clone());
        StoredDirectory.Writer directory = new StoredDirectory.Writer(sink);
        directory.store(StatePart.ACCOUNTS, state.accounts().entries());
        directory.store(StatePart.COMMUNITIES, state.energy().communities());
        directory.store(StatePart.DAYS, state.energy().days());
        directory.store(StatePart.MONTHS, state.energy().months());
        directory.store(StatePart.TRANSACTIONS, state.transactions());
        directory.store(StatePart.HOLDERS, state.account().holders());
        directory.store(StatePart.ASSETS, state.account().assets());
        directory.store(StatePart.LIMITS, state.account().limits());
        directory.store(StatePart.PENDING, state.account().pending().entries());
        directory.store(StatePart.SENDERS, state.traffic().senders());
        for (Map.Entry<Long, MerkleMap<IdEntry>> window : state.traffic().windows().entrySet()) {
            directory.store(StatePart.IDS, window.getKey(), window.getValue());
        }
        directory.store(StatePart.TIMERS, state.timers().entries());
        directory.store(StatePart.VALIDATORS, state.governance().seats());
        directory.store(StatePart.PROPOSALS, state.energy().proposals());
        directory.store(StatePart.OPEN_CLAIMS, state.energy().openClaims());
        directory.finish(state.accounts().listTotals(), state.activations());
    }

    /// Whether bytes begin as those that [#write] wrote.
    public static boolean isWrittenTo(StoredBytes bytes) {
        return bytes.length() >= BEGINNING.length
                && Arrays.equals(bytes.read(0, BEGINNING.length), BEGINNING);
    }

    /// The state that [#write] wrote. What it reads at once is what must be in order: timers,
    /// pending transfers and what the energy contract remembers. Each entry is held against its
    /// hash when it is read, so that all of them are those of [State#root]; that the sums and the
    /// numbers of entries fit them is what [FullScan] finds out.
    ///
    /// @throws CborException if the bytes are no state
    /// @throws mitoyen.ledger.proof.DamagedBytesException if what is read at once is damaged
    public static State open(StoredBytes bytes) throws CborException {
        requireWritten(bytes);
        return open(bytes, StoredDirectory.read(bytes, BEGINNING.length));
    }

    /// The same of bytes that may be a stranger's: none of their trees is looked at before their
    /// roots give the one that is known from elsewhere.
    ///
    /// @param root of the state that was written
    /// @throws CborException if the bytes are no state, or that of another root
    /// @throws mitoyen.ledger.proof.DamagedBytesException if what is read at once is damaged
    public static State open(StoredBytes bytes, Digest root) throws CborException {
        requireWritten(bytes);
        StoredDirectory directory = StoredDirectory.read(bytes, BEGINNING.length);
        if (!directory.root().equals(root)) {
            throw new CborException(
                    0, "a state of root %s, not %s".formatted(directory.root(), root));
        }
        return open(bytes, directory);
    }

    private static void requireWritten(StoredBytes bytes) throws CborException {
        if (!isWrittenTo(bytes)) {
            throw new CborException(0, "not a stored state");
        }
    }

    private static State open(StoredBytes bytes, StoredDirectory directory) throws CborException {
        try {
            return new Opening(bytes, directory).state();
        } catch (ArithmeticException overflow) {
            throw new CborException(0, "more of an asset than there can be");
        }
    }

    /// A state in the making.
    private record Opening(StoredBytes bytes, StoredDirectory directory) {
        State state() throws CborException {
            return new State(
                    new AccountState(
                            Accounts.of(
                                    map(StateForms.ACCOUNTS, StatePart.ACCOUNTS),
                                    directory.totals()),
                            map(StateForms.HOLDERS, StatePart.HOLDERS),
                            map(StateForms.ASSETS, StatePart.ASSETS),
                            map(StateForms.LIMITS, StatePart.LIMITS),
                            PendingTransfers.of(map(StateForms.PENDING, StatePart.PENDING))),
                    EnergyState.of(
                            map(StateForms.COMMUNITIES, StatePart.COMMUNITIES),
                            map(StateForms.DAYS, StatePart.DAYS),
                            map(StateForms.MONTHS, StatePart.MONTHS),
                            map(StateForms.PROPOSALS, StatePart.PROPOSALS),
                            map(StateForms.OPEN_CLAIMS, StatePart.OPEN_CLAIMS)),
                    map(StateForms.TRANSACTIONS, StatePart.TRANSACTIONS),
                    new Traffic(map(StateForms.SENDERS, StatePart.SENDERS), windows()),
                    Timers.of(map(StateForms.TIMERS, StatePart.TIMERS)),
                    GovernanceState.of(map(StateForms.SEATS, StatePart.VALIDATORS)),
                    directory.activations());
        }

        private <V> MerkleMap<V> map(StoredForm<V> form, StatePart part) {
            Optional<StoredDirectory.Row> row = directory.find(part);
            return row.isEmpty() ? MerkleMap.empty(form.encoding()) : map(form, row.get());
        }

        private TreePMap<Long, MerkleMap<IdEntry>> windows() {
            TreePMap<Long, MerkleMap<IdEntry>> windows = TreePMap.empty();
            List<StoredDirectory.Row> rows = directory.list(StatePart.IDS);
            for (StoredDirectory.Row row : rows) {
                windows = windows.plus(row.window(), map(StateForms.IDS, row));
            }
            return windows;
        }

        private <V> MerkleMap<V> map(StoredForm<V> form, StoredDirectory.Row row) {
            return MerkleMap.stored(
                    form, row.root(), row.size(), bytes, row.from(), row.from() + row.length());
        }
    }
}
