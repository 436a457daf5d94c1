package mitoyen.ledger.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountState;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.proof.DamagedBytesException;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleMap;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.proof.StoredBytes;
import mitoyen.ledger.proof.StoredInMemory;
import mitoyen.ledger.quantity.Amount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-195: a state written down as its trees, and the state on top of these bytes.
final class StoredStateTest {
    private static final int BLOCKS = 250;

    /// The stored state decides as the other does, and is stored in the same bytes again, whether
    /// it was ever in memory as a whole or not.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aStoredStateGoesOnAsTheOther(long seed) throws CborException {
        StateMachine machine = new StateMachine(RandomLedger.genesis());
        RandomLedger ledger = new RandomLedger(seed);
        State state = machine.initialState();
        State stored = opened(bytes(state));
        for (int block = 1; block <= BLOCKS; block++) {
            RandomLedger.Block next = ledger.next();
            Draft.Sealed one = next.execute(machine, state);
            Draft.Sealed other = next.execute(machine, stored);
            assertThat(other.outcomes())
                    .as("seed %d block %d", seed, block)
                    .isEqualTo(one.outcomes());
            assertThat(other.stateRoot()).as("seed %d", seed).isEqualTo(one.stateRoot());
            state = one.state();
            stored = other.state();
            if (block % 10 == 0) {
                byte[] bytes = bytes(state);
                assertThat(bytes(stored)).as("seed %d block %d", seed, block).isEqualTo(bytes);
                stored = opened(bytes);
                assertThat(stored.root()).isEqualTo(state.root());
                FullScan.check(stored);
            }
        }
    }

    /// A version 1 ledger's ids, two activations, and nothing at all.
    @Test
    void whatOnlyOlderLedgersHold() throws CborException {
        StateMachine machine = new StateMachine(RandomLedger.genesis());
        Event taken =
                new Event.TransactionAccepted(
                        new TransactionId(ByteString.of(new byte[TransactionId.LENGTH])),
                        RandomLedger.genesis().hash());
        Event activated = new Event.Activated(new Activation(2, 9, Parameters.STANDARD));
        Event later = new Event.Activated(new Activation(3, 12, Parameters.STANDARD));
        State state =
                machine.apply(machine.apply(machine.apply(State.INITIAL, taken), activated), later);
        State stored = opened(bytes(state));
        assertThat(stored.root()).isEqualTo(state.root()).isNotEqualTo(State.INITIAL.root());
        assertThat(stored.activations()).isEqualTo(state.activations());
        assertThat(opened(bytes(State.INITIAL)).root()).isEqualTo(State.INITIAL.root());
        assertThat(bytes(State.INITIAL))
                .containsExactly(
                        'M', 'I', 'T', 'O', 'Y', 'E', 'N', 'T', 0, 0, 0, 1, 0x83, 0x80, 0x80, 0x80,
                        0, 0, 0, 4);
    }

    /// A byte that is changed, wherever it lies, is found at the opening, by another root, when it
    /// is read, or by the scan; and until it is found nothing else is decided.
    @Test
    void nothingDamagedDecidesAnything() {
        State state = someState();
        byte[] sound = bytes(state);
        StateMachine machine = new StateMachine(RandomLedger.genesis());
        RandomLedger.Block next = someNextBlock();
        Draft.Sealed expected = next.execute(machine, state);
        int opened = 0;
        for (int at = 0; at < sound.length; at += at < 60 || at > sound.length - 1_500 ? 1 : 7) {
            byte[] changed = sound.clone();
            changed[at] ^= (byte) (1 << at % 8);
            opened += isHarmless(changed, state, machine, next, expected, at) ? 1 : 0;
        }
        assertThat(opened).as("opened at once").isGreaterThan(100);
    }

    @Test
    void whatIsCutIsRefused() {
        byte[] sound = bytes(someState());
        for (int length = 0; length < sound.length; length += 1 + length / 40) {
            assertThat(isTaken(Arrays.copyOf(sound, length))).as("%d bytes", length).isFalse();
        }
        assertThat(isTaken(Arrays.copyOf(sound, sound.length + 1))).isFalse();
    }

    /// The directory claims what it likes; it is bounded by the bytes that there are.
    @Test
    void aDirectoryThatClaimsTooMuchIsRefused() {
        State sound = someState();
        byte[] bytes = bytes(sound);
        Random random = new Random(6);
        for (int attempt = 0; attempt < 4_000; attempt++) {
            byte[] changed = bytes.clone();
            for (int i = 0; i < 1 + attempt % 3; i++) {
                int back = 1 + random.nextInt(700);
                changed[changed.length - back] = (byte) random.nextInt();
            }
            if (!Arrays.equals(changed, bytes)) {
                assertThat(isTaken(changed) && isWhole(changed, sound.root())).isFalse();
            }
        }
    }

    /// The root that is known from elsewhere is compared with what the directory says before any
    /// tree is looked at.
    @Test
    void ofAStateOfAnotherRootNoTreeIsRead() throws CborException {
        State state = someState();
        byte[] bytes = bytes(state);
        assertThat(StoredState.open(new StoredInMemory(bytes), state.root()).root())
                .isEqualTo(state.root());
        StoredInMemory counted = new StoredInMemory(bytes);
        Digest other = Sha256.of(bytes);
        assertThatThrownBy(() -> StoredState.open(counted, other))
                .isInstanceOf(CborException.class)
                .hasMessageContaining("a state of root " + state.root() + ", not " + other);
        int directoryBytes = ByteBuffer.wrap(bytes).getInt(bytes.length - Integer.BYTES);
        assertThat(counted.readBytes()).isEqualTo(12 + directoryBytes + Integer.BYTES);
    }

    /// What was activated is no tree: one that has its name and its root stands for nothing.
    @Test
    void aTreeInTheNameOfTheActivationsIsRefused() {
        Activations activations =
                new Activations(List.of(new Activation(2, 9, Parameters.STANDARD)));
        Digest root =
                StateRoot.of(Map.of(StatePart.ACTIVATION, activations.digest().orElseThrow()));
        CborWriter writer = new CborWriter().array(3).array(1).array(5).text("activation");
        writer.integer(0).integer(1).integer(8);
        writer.bytes(activations.digest().orElseThrow().bytes()).array(0).array(0);
        byte[] directory = writer.toBytes();
        byte[] forged =
                ByteBuffer.allocate(12 + 8 + directory.length + Integer.BYTES)
                        .put(bytes(State.INITIAL), 0, 12)
                        .putLong(0)
                        .put(directory)
                        .putInt(directory.length)
                        .array();
        assertThatThrownBy(() -> StoredState.open(new StoredInMemory(forged), root))
                .isInstanceOf(CborException.class)
                .hasMessageContaining("a tree of activations");
    }

    /// A stranger's file may be as long as he likes: of a directory that no state has, not one byte
    /// is read, and so no memory taken.
    @ParameterizedTest
    @ValueSource(ints = {(1 << 26) + 1, 1 << 30, Integer.MAX_VALUE})
    void aDirectoryLongerThanAnyIsNotEvenRead(int length) {
        byte[] end = ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
        LongFile file = new LongFile(1L << 34, end, 64);
        assertThatThrownBy(() -> StoredState.open(file))
                .isInstanceOf(CborException.class)
                .hasMessageContaining("a directory of " + length + " bytes");
    }

    /// How many timers a file says that it has is no reason to make room for them.
    @Test
    void asManyTimersAsTheFileIsLongAreOnlyMadeRoomForAsTheyCome() {
        long fileBytes = 1L << 34;
        CborWriter writer = new CborWriter().array(3).array(1);
        int rowBytes = 1 + 7 + 1 + 5 + 9 + 2 + Digest.LENGTH;
        int directoryBytes = 2 + rowBytes + 2;
        writer.array(5).text("timers").integer(0).integer(Integer.MAX_VALUE - 8);
        writer.integer(fileBytes - 12 - directoryBytes - Integer.BYTES);
        writer.bytes(MerkleMap.EMPTY_ROOT.bytes()).array(0).array(0);
        byte[] directory = writer.toBytes();
        assertThat(directory).hasSize(directoryBytes);
        byte[] end =
                ByteBuffer.allocate(directoryBytes + Integer.BYTES)
                        .put(directory)
                        .putInt(directoryBytes)
                        .array();
        assertThatThrownBy(() -> StoredState.open(new LongFile(fileBytes, end, 1 << 24)))
                .isInstanceOf(DamagedBytesException.class);
    }

    /// The most assets, each of them as long as it can be.
    @Test
    void asManyAssetsAsThereIsRoomForAreOpenedAgain() throws CborException {
        State most = withAssets(1 << 20);
        assertThat(StoredState.hasRoomFor(most)).isTrue();
        assertThat(opened(bytes(most)).accounts().listTotals()).hasSize(1 << 20);
        State tooMany = withAssets((1 << 20) + 1);
        assertThat(StoredState.hasRoomFor(tooMany)).isFalse();
        assertThatThrownBy(() -> opened(bytes(tooMany)))
                .isInstanceOf(CborException.class)
                .hasMessageContaining("1048577 is more than 1048576");
    }

    /// Whether a damaged state is opened; if so, that nothing wrong comes of it.
    private static boolean isHarmless(
            byte[] changed,
            State sound,
            StateMachine machine,
            RandomLedger.Block next,
            Draft.Sealed expected,
            int at) {
        State damaged;
        try {
            damaged = opened(changed);
        } catch (CborException | DamagedBytesException refused) {
            return false;
        }
        if (!damaged.root().equals(sound.root())) {
            return false;
        }
        assertThat(isWhole(changed, sound.root())).as("byte %d", at).isFalse();
        try {
            Draft.Sealed sealed = next.execute(machine, damaged);
            assertThat(sealed.stateRoot()).as("byte %d", at).isEqualTo(expected.stateRoot());
        } catch (DamagedBytesException | IllegalStateException halted) {
            assertThat(halted).hasMessageNotContaining("null");
        }
        return true;
    }

    static boolean isTaken(byte[] bytes) {
        try {
            return opened(bytes).root().toBytes().length > 0;
        } catch (CborException | DamagedBytesException refused) {
            return false;
        }
    }

    static boolean isWhole(byte[] bytes, Digest root) {
        try {
            State state = opened(bytes);
            FullScan.check(state);
            return state.root().equals(root);
        } catch (CborException | RuntimeException found) {
            return false;
        }
    }

    private static State withAssets(int count) {
        Amount most = new Amount(Long.MAX_VALUE);
        Accounts.Totals totals = new Accounts.Totals(most, most, most, most);
        SortedMap<Asset, Accounts.Totals> all = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            all.put(new Asset(String.format(Locale.ROOT, "asset-%010d", i)), totals);
        }
        AccountState none = State.INITIAL.account();
        return State.INITIAL.with(none.with(Accounts.of(none.balances().entries(), all)));
    }

    static State someState() {
        StateMachine machine = new StateMachine(RandomLedger.genesis());
        RandomLedger ledger = new RandomLedger(1);
        State state = machine.initialState();
        for (int block = 1; block <= 60; block++) {
            state = ledger.next().execute(machine, state).state();
        }
        return state;
    }

    private static RandomLedger.Block someNextBlock() {
        RandomLedger ledger = new RandomLedger(1);
        for (int block = 1; block <= 60; block++) {
            ledger.next();
        }
        return ledger.next();
    }

    static byte[] bytes(State state) {
        StoredInMemory.Sink sink = new StoredInMemory.Sink();
        StoredState.write(state, sink);
        return sink.toBytes();
    }

    private static State opened(byte[] bytes) throws CborException {
        return StoredState.open(new StoredInMemory(bytes));
    }

    /// A file that begins as a state and ends as it is told; what is between is 0.
    private static final class LongFile implements StoredBytes {
        private final long length;
        private final byte[] end;
        private final int most;

        /// @param most how many bytes may be asked for at once
        LongFile(long length, byte[] end, int most) {
            this.length = length;
            this.end = end;
            this.most = most;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public String name() {
            return "a long file";
        }

        @Override
        public byte[] read(long at, int count) {
            assertThat(count).isLessThanOrEqualTo(most);
            byte[] read = new byte[count];
            byte[] beginning = "MITOYENT\0\0\0\1".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < count && at + i < beginning.length; i++) {
                read[i] = beginning[(int) at + i];
            }
            for (int i = 0; i < end.length; i++) {
                long place = length - end.length + i - at;
                if (place >= 0 && place < count) {
                    read[(int) place] = end[i];
                }
            }
            return read;
        }
    }
}
