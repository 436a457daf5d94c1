package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import mitoyen.consensus.Block;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateBuilder;
import mitoyen.ledger.machine.StateEntries;
import mitoyen.ledger.machine.StatePart;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.MerkleLog;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.node.snapshot.StateAfter;
import mitoyen.node.verify.Comparison;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two ledgers of which one came to something else, held against each other (`CE-18`).
class DivergedLedgersTest {
    private static final long SEGMENT_BYTES = 1_000;
    private static final int SNAPSHOT_BLOCKS = 3;
    private static final int LAST_COMMON = 9;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Genesis genesis = People.genesis();
    private final People people = new People(genesis);
    private long timeMillis = System.currentTimeMillis();

    @TempDir private Path folder;
    private Path sound;
    private Path broken;
    private String cleo;
    private ByteString soundValue;
    private ByteString brokenValue;

    /// Nine blocks that both have. Then one forgets what Cleo sent last, and Ana pays Bea.
    @BeforeEach
    void diverge() throws Exception {
        sound = folder.resolve("sound");
        broken = folder.resolve("broken");
        cleo = People.account("cleo").bytes().toString();
        try (RunningLedger one = open(sound);
                RunningLedger other = open(broken)) {
            for (String name : List.of("ana", "bea", "cleo")) {
                both(one, other, people.open(name));
            }
            both(one, other, people.pay("cleo", "ana", 5));
            State before = one.executedState();
            for (int i = 0; i < LAST_COMMON - 4; i++) {
                both(one, other, people.pay("cleo", "bea", i + 1));
            }
            brokenValue = valueOf(before);
            soundValue = valueOf(one.executedState());
            forget(other);
            both(one, other, people.pay("ana", "bea", 1));
            assertThat(other.stateRoot()).isNotEqualTo(one.stateRoot());
            String said = explain(other, one);
            assertThat(said)
                    .startsWith("what it has is kept in " + kept())
                    .contains("executed again from the disk it gives what validators signed")
                    .endsWith(
                            "the first key that differs is senders "
                                    + cleo
                                    + ", with another value");
        }
    }

    @Test
    void theFirstBlockAndTheOneKeyAreNamedWithBothValuesHashes() { // CE-18
        assertThatThrownBy(() -> Comparison.run(broken, sound))
                .hasMessage(
                        "block 10 is the first that differs: the state after it; executed again, it"
                                + " gives what "
                                + sound
                                + " says; "
                                + key(broken, sound));
        assertThatThrownBy(() -> Comparison.run(sound, broken))
                .hasMessage(
                        "block 10 is the first that differs: the state after it; executed again, it"
                                + " gives what "
                                + sound
                                + " says; "
                                + key(sound, broken));
    }

    @Test
    void theStateThatWasKeptIsEnoughOfTheOther() throws IOException { // CE-18
        Path sent = Files.copy(kept(), folder.resolve("sent-by-mail"));
        assertThatThrownBy(() -> Comparison.run(sound, sent))
                .hasMessageEndingWith(key(sound, sent));
        Path first = new SnapshotFolder(sound.resolve("snapshots")).file(6);
        assertThat(Comparison.run(broken, first))
                .hasToString("OK same=6 blocks=10 other=6 root=" + root(6));
    }

    @Test
    void withoutItTheBlockIsNamedAndWhoIsRight() throws IOException { // CE-18
        Files.delete(kept());
        assertThatThrownBy(() -> Comparison.run(sound, broken))
                .hasMessageEndingWith(
                        "executed again, it gives what %s says; the state that %s had after it is not there"
                                .formatted(sound, broken));
    }

    @Test
    void aLedgerThatGoesOnFromTheOtherIsTheSame() throws Exception { // CE-18
        Path longer = folder.resolve("longer");
        copy(sound, longer);
        try (RunningLedger ledger = open(longer)) {
            grow(ledger, people.pay("ana", "bea", 3));
        }
        Digest root = root(10);
        assertThat(Comparison.run(sound, longer))
                .hasToString("OK same=10 blocks=10 other=11 root=" + root);
        assertThat(Comparison.run(longer, sound))
                .hasToString("OK same=10 blocks=11 other=10 root=" + root);
        assertThatThrownBy(() -> Comparison.run(longer, broken))
                .hasMessageEndingWith(key(longer, broken));
    }

    @Test
    void twoBlocksOfTheSameHeightDifferInTheirTransactionsToo() throws Exception { // CE-18
        Path other = folder.resolve("other");
        copy(sound, other);
        try (RunningLedger ledger = open(sound)) {
            grow(ledger, people.pay("ana", "bea", 3));
        }
        timeMillis++;
        try (RunningLedger ledger = open(other)) {
            grow(ledger, people.pay("ana", "bea", 4));
        }
        assertThatThrownBy(() -> Comparison.run(sound, other))
                .hasMessageStartingWith(
                        "block 11 is the first that differs: its time, its transactions, the state"
                            + " after it, its receipts; the first key that differs is accounts ");
    }

    @Test
    void whatWasPrunedIsNotNeeded() throws Exception { // CE-18
        Path pruned = folder.resolve("pruned");
        copy(sound, pruned);
        try (RunningLedger ledger = open(pruned)) {
            ledger.keep(new Keep.Blocks(1), new FollowsAll());
            grow(ledger, people.pay("ana", "bea", 3));
            grow(ledger, people.pay("ana", "bea", 4));
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (ledger.firstHeight() == 1) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.onSpinWait();
            }
        }
        assertThat(new SnapshotFolder(pruned.resolve("snapshots")).listHeights())
                .containsExactly(9L, 12L);
        assertThatThrownBy(() -> Comparison.run(pruned, kept()))
                .hasMessageEndingWith(key(pruned, kept()));
        Files.delete(new SnapshotFolder(pruned.resolve("snapshots")).file(9));
        assertThatThrownBy(() -> Comparison.run(pruned, kept()))
                .hasMessageEndingWith(
                        "it could not be executed again, since the blocks below it were pruned, or"
                                + " are not what this program makes of them; the state that "
                                + pruned
                                + " had after it is not there");
        assertThatThrownBy(() -> Comparison.run(pruned, broken))
                .as("the other's blocks serve as well")
                .hasMessageEndingWith(key(pruned, broken));
    }

    @Test
    void whatCannotBeComparedIsToldInALine() throws Exception { // CE-18
        Path shorter = folder.resolve("shorter");
        Path elsewhere = folder.resolve("elsewhere");
        try (RunningLedger ledger = open(shorter)) {
            grow(ledger, people.open("ana"));
        }
        Genesis foreign = Street.genesis();
        try (RunningLedger ledger =
                RunningLedger.open(
                        new RealDisk(),
                        elsewhere.resolve("ledger"),
                        elsewhere.resolve("snapshots"),
                        2,
                        foreign)) {
            assertThat(ledger.height()).isZero();
        }
        assertThatThrownBy(() -> Comparison.run(shorter, kept()))
                .hasMessage(shorter + ": ends at block 1, and " + kept() + " is of block 10");
        assertThatThrownBy(() -> Comparison.run(sound, elsewhere))
                .hasMessageContaining("are of two ledgers: each has a genesis of its own");
        assertThatThrownBy(() -> Comparison.run(sound, folder))
                .hasMessage(folder + ": holds no ledger; name a node's folder");
        try (RunningLedger other = open(broken)) {
            assertThat(other.height()).isZero();
        } catch (IOException halted) {
            assertThat(halted)
                    .hasMessageContaining("block 10, executed again, gives the state hash");
        }
        byte[] bytes = Files.readAllBytes(kept());
        bytes[bytes.length / 2] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged"), bytes);
        assertThatThrownBy(() -> Comparison.run(sound, damaged))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(damaged.toString());
    }

    @Test
    void aStateOfALaterBlockSaysThatAnEarlierOneDiffers() throws Exception { // CE-18
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Path state;
        try (RunningLedger ledger = open(one);
                RunningLedger other = open(two)) {
            grow(ledger, people.open("ana"));
            grow(other, people.open("bea"));
            SignedTransaction next = people.open("cleo");
            both(ledger, other, next);
            state = StateAfter.ofDivergence(two.resolve("snapshots"), 2);
            assertThat(explain(other, ledger)).contains(state.toString());
        }
        assertThatThrownBy(() -> Comparison.run(one, state))
                .hasMessage(
                        "a block below 2 differs already; compare with the folder that "
                                + state
                                + " is from");
    }

    @Test
    void nothingRemovesTheStateThatWasKept() throws Exception { // CE-18
        Path again = folder.resolve("again");
        copy(sound, again);
        Path file = StateAfter.ofDivergence(again.resolve("snapshots"), 10);
        Files.copy(kept(), file);
        try (RunningLedger ledger = open(again)) {
            ledger.keep(new Keep.Blocks(1), new FollowsAll());
            for (int i = 0; i < 3 * SNAPSHOT_BLOCKS; i++) {
                grow(ledger, people.pay("ana", "bea", 1));
            }
        }
        assertThat(file).hasSameBinaryContentAs(kept());
    }

    /// What the comparison says of Cleo's entry.
    private String key(Path one, Path other) {
        return "the first key that differs is senders %s: SHA-256 %s in %s, SHA-256 %s in %s"
                .formatted(cleo, hash(one), one, hash(other), other);
    }

    private Object hash(Path of) {
        boolean isBroken = of.startsWith(broken) || of.endsWith("sent-by-mail");
        return Sha256.of((isBroken ? brokenValue : soundValue).toBytes());
    }

    private Path kept() {
        return StateAfter.ofDivergence(broken.resolve("snapshots"), 10);
    }

    /// The root over the first blocks that both have.
    private Digest root(long height) throws IOException {
        MerkleLog log = new MerkleLog();
        try (JournalReader reader = JournalReader.open(sound.resolve("ledger"))) {
            while (log.size() < height) {
                log.append(BlockProof.leafHash(reader.findNext().orElseThrow().header()));
            }
        }
        return log.root();
    }

    private RunningLedger open(Path at) throws IOException {
        return RunningLedger.open(
                new RealDisk(),
                at.resolve("ledger"),
                at.resolve("snapshots"),
                SNAPSHOT_BLOCKS,
                genesis,
                SEGMENT_BYTES);
    }

    private void both(RunningLedger one, RunningLedger other, SignedTransaction transaction)
            throws IOException {
        timeMillis++;
        execute(one, transaction);
        execute(other, transaction);
    }

    private void grow(RunningLedger ledger, SignedTransaction transaction) throws IOException {
        timeMillis++;
        execute(ledger, transaction);
    }

    private void execute(RunningLedger ledger, SignedTransaction transaction) throws IOException {
        Checked.Valid valid = (Checked.Valid) ledger.check(transaction.toBytes());
        ledger.execute(timeMillis, List.of(valid));
        ledger.snapshotIfDue();
    }

    private static String explain(RunningLedger ledger, RunningLedger signed) {
        return ledger.explain(new Divergence(root(ledger), root(signed)));
    }

    private static LogRoot root(RunningLedger ledger) {
        return ledger.proofs().rootWith(ledger.findLastBlock().map(Block::toHeader));
    }

    /// The state again, but for one value, which is an earlier one.
    private void forget(RunningLedger ledger) throws Exception {
        Field application = RunningLedger.class.getDeclaredField("application");
        application.setAccessible(true);
        Field state = RunningApplication.class.getDeclaredField("state");
        state.setAccessible(true);
        StateBuilder builder = new StateBuilder();
        List<CborException> failed = new ArrayList<>();
        StateEntries.forEach(
                ledger.executedState(),
                (part, key, value) -> {
                    try {
                        builder.add(part, key, isCleos(part, key) ? brokenValue.toBytes() : value);
                    } catch (CborException malformed) {
                        failed.add(malformed);
                    }
                });
        assertThat(failed).isEmpty();
        state.set(application.get(ledger), builder.build());
    }

    private ByteString valueOf(State state) {
        AtomicReference<ByteString> found = new AtomicReference<>(ByteString.of(new byte[0]));
        StateEntries.forEach(
                state,
                (part, key, value) -> {
                    if (isCleos(part, key)) {
                        found.set(ByteString.of(value));
                    }
                });
        return found.get();
    }

    private boolean isCleos(StatePart part, ByteString key) {
        return part == StatePart.SENDERS && key.toString().equals(cleo);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
