package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.node.running.CommittedBlock.Outcome;
import mitoyen.node.running.Ordering.Taken;
import mitoyen.node.threads.FairQueue.Admission;
import mitoyen.node.threads.FairQueue.Bounds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequencerTest {
    private static final Bounds BOUNDS = new Bounds(1_000, 500, 1 << 20);
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_000L));

    private final Genesis genesis = Street.genesis();
    private final Street street = new Street(genesis);
    private final ConcurrentLinkedQueue<CommittedBlock> blocks = new ConcurrentLinkedQueue<>();

    @TempDir private Path folder;

    @Test
    void aLoneTransactionBecomesABlockAndTheSameAgainExists() throws Exception {
        try (Sequencer<ByteString> sequencer = open(new RealDisk(), BOUNDS)) {
            byte[] founding = street.found("solaire").toBytes();

            assertThat(answer(sequencer, founding))
                    .isInstanceOfSatisfying(
                            Answer.InBlock.class,
                            done -> {
                                assertThat(done.height()).isEqualTo(1);
                                assertThat(done.entry().outcome())
                                        .isEqualTo(new Outcome.Accepted());
                                assertThat(done.entry().id()).contains(Street.id("found solaire"));
                                assertThat(done.entry().events())
                                        .extracting(Happened::type)
                                        .containsExactly("energy.community-founded");
                            });
            assertThat(answer(sequencer, founding))
                    .isInstanceOfSatisfying(
                            Answer.InBlock.class,
                            done ->
                                    assertThat(done.entry().outcome())
                                            .isEqualTo(new Outcome.Exists()));
        }
        assertThat(blocks).extracting(CommittedBlock::height).containsExactly(1L, 2L);
        assertThat(blocks)
                .extracting(block -> block.block().timeMillis())
                .containsExactly(CLOCK.millis(), CLOCK.millis() + 1);
    }

    @Test
    void whatTheLedgerRefusesSaysWhyAndGarbageComesToNoBlock() throws Exception {
        try (Sequencer<ByteString> sequencer = open(new RealDisk(), BOUNDS)) {
            assertThat(answer(sequencer, street.settle("nobody", 0).toBytes()))
                    .isInstanceOfSatisfying(
                            Answer.InBlock.class,
                            done ->
                                    assertThat(done.entry().outcome())
                                            .isEqualTo(
                                                    new Outcome.Rejected(
                                                            new Refusal(
                                                                    "energy",
                                                                    6,
                                                                    "COMMUNITY_NOT_FOUND",
                                                                    true),
                                                            OptionalInt.empty())));
            assertThat(answer(sequencer, new byte[] {1, 2, 3}))
                    .isEqualTo(
                            new Answer.NotOrdered(
                                    new Refusal("transaction", 3, "MALFORMED", false)));
        }
        assertThat(blocks).hasSize(1);
    }

    @Test
    void manySubmittersAreEachAnsweredOnceWithAnOutcomeOfTheirOwn() throws Exception {
        int threads = 8;
        int each = 40;
        ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
        try (Sequencer<ByteString> sequencer = open(new RealDisk(), BOUNDS)) {
            List<Thread> submitters = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int first = i * each;
                submitters.add(
                        Thread.ofVirtual()
                                .start(() -> submitAll(sequencer, first, first + each, accepted)));
            }
            for (Thread submitter : submitters) {
                submitter.join();
            }
        }
        assertThat(accepted).hasSize(threads * each).doesNotHaveDuplicates();
        assertThat(blocks.stream().flatMap(block -> block.entries().stream()))
                .extracting(entry -> entry.id().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(accepted);
    }

    @Test
    void whatArrivesDuringASyncSharesTheNextBlock() throws Exception {
        SlowDisk disk = new SlowDisk();
        try (Sequencer<ByteString> sequencer = open(disk.disk(), BOUNDS)) {
            disk.hold();
            List<Future<Answer>> waiting = new ArrayList<>();
            waiting.add(taken(sequencer, street.found("first").toBytes()));
            disk.awaitSync();
            for (int i = 0; i < 100; i++) {
                waiting.add(taken(sequencer, street.found("c-" + i).toBytes()));
            }
            while (sequencer.waiting() > 0 || !verifiersRest()) {
                Thread.onSpinWait();
            }
            assertThat(waiting).noneMatch(Future::isDone);
            disk.release();
            for (Future<Answer> one : waiting) {
                one.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(blocks).hasSize(2);
    }

    /// Whether none of them has a transaction in hand, which those behind it would wait for.
    private static boolean verifiersRest() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("verify-"))
                .allMatch(thread -> thread.getState() == Thread.State.WAITING);
    }

    /// What the node holds for a bundle must be one when it is read back.
    @Test
    void aTransactionThatNoBundleHoldsComesToNoBlock() throws Exception {
        int length = street.found("solaire").toBytes().length;
        Genesis narrow = genesis(1 << 16, length);
        Path snapshots = folder.resolve("snapshots");
        RunningLedger ledger = RunningLedger.open(new RealDisk(), ledger(), snapshots, 2, narrow);
        try (var sequencer = new Sequencer<>(ledger, ledger::senderOf, BOUNDS, CLOCK, this::keep)) {
            assertThat(answer(sequencer, new Street(narrow).found("solaire").toBytes()))
                    .isEqualTo(
                            new Answer.NotOrdered(
                                    new Refusal("transaction", 2, "TOO_LARGE", false)));
        }
        try (RunningLedger again =
                RunningLedger.open(new RealDisk(), ledger(), snapshots, 2, narrow)) {
            assertThat(again.height()).isZero();
        }
    }

    @Test
    void whoSendsAHundredTimesHisShareDoesNotHoldUpAnother() throws Exception {
        Genesis tight = genesis(1 << 16, 1 << 18);
        Street lane = new Street(tight);
        SlowDisk disk = new SlowDisk();
        RunningLedger ledger =
                RunningLedger.open(disk.disk(), ledger(), folder.resolve("snapshots"), 2, tight);
        Bounds bounds = new Bounds(1_000, 100, 1 << 20);
        try (var sequencer = new Sequencer<>(ledger, ledger::senderOf, bounds, CLOCK, this::keep)) {
            disk.hold();
            for (int i = 0; i < 100; i++) {
                assertThat(taken(sequencer, lane.found("c-" + i).toBytes())).isNotDone();
            }
            disk.awaitSync();
            Taken last = new Taken.NotNow(Admission.ADMITTED);
            for (int i = 100; !last.equals(new Taken.NotNow(Admission.SENDER_FULL)); i++) {
                last = sequencer.submit(lane.found("c-" + i).toBytes());
            }
            Future<Answer> other = taken(sequencer, lane.settle("c-0", 0).toBytes());
            disk.release();
            assertThat(other.get(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Answer.InBlock.class,
                            done -> assertThat(done.height()).isLessThanOrEqualTo(6));
        }
        assertThat(blocks.size()).isGreaterThan(20);
    }

    @Test
    void closingFinishesWhatWasTakenInAndTakesNothingMore() throws Exception {
        Sequencer<ByteString> sequencer = open(new RealDisk(), BOUNDS);
        List<Future<Answer>> waiting = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            waiting.add(taken(sequencer, street.found("c-" + i).toBytes()));
        }
        sequencer.close();

        for (Future<Answer> one : waiting) {
            assertThat(one.get(0, TimeUnit.SECONDS)).isInstanceOf(Answer.InBlock.class);
        }
        assertThat(sequencer.submit(street.found("late").toBytes()))
                .isEqualTo(new Taken.NotNow(Admission.CLOSED));
        try (RunningLedger again =
                RunningLedger.open(
                        new RealDisk(), ledger(), folder.resolve("snapshots"), 2, genesis)) {
            assertThat(again.height()).isEqualTo(blocks.size());
        }
    }

    @Test
    void aDiskThatFailsHaltsTheNodeAndNothingMoreIsTaken() throws Exception {
        SlowDisk disk = new SlowDisk();
        try (Sequencer<ByteString> sequencer = open(disk.disk(), BOUNDS)) {
            answer(sequencer, street.found("solaire").toBytes());
            disk.fail();

            assertThat(answer(sequencer, street.found("lunaire").toBytes()))
                    .isEqualTo(new Answer.Unknown());
            assertThat(sequencer.findHalt()).get().asString().contains("block 2: ");
            assertThat(sequencer.submit(street.found("stellaire").toBytes()))
                    .isEqualTo(new Taken.NotNow(Admission.CLOSED));
        }
        assertThat(blocks).hasSize(1);
    }

    @Test
    void whatWasMissedIsReadBackAsItWasTold() throws Exception {
        RunningLedger ledger =
                RunningLedger.open(
                        new RealDisk(), ledger(), folder.resolve("snapshots"), 2, genesis);
        try (var sequencer = new Sequencer<>(ledger, ledger::senderOf, BOUNDS, CLOCK, this::keep)) {
            answer(sequencer, street.found("solaire").toBytes());
            answer(sequencer, street.settle("solaire", 0).toBytes());
            answer(sequencer, street.settle("nobody", 0).toBytes());
            answer(sequencer, street.claim("solaire", 2, 1230).toBytes());

            List<CommittedBlock> read = new ArrayList<>();
            ledger.history().read(2, 4, read::add);
            assertThat(read).isEqualTo(List.copyOf(blocks).subList(1, 4));
            assertThat(read.getLast().entries().getFirst().events())
                    .extracting(Happened::type)
                    .containsExactly(
                            "energy.month-claimed", "account.transferred", "account.transferred");
        }
    }

    private Sequencer<ByteString> open(Disk disk, Bounds bounds) throws IOException {
        RunningLedger ledger =
                RunningLedger.open(disk, ledger(), folder.resolve("snapshots"), 2, genesis);
        return new Sequencer<>(ledger, ledger::senderOf, bounds, CLOCK, this::keep);
    }

    /// A genesis whose blocks take few transactions, with other bounds of bytes.
    private static Genesis genesis(int transactionBytes, int bundleBytes) {
        Parameters all = Parameters.STANDARD;
        return Street.genesis(
                new Parameters(
                        transactionBytes,
                        bundleBytes,
                        4,
                        8,
                        100,
                        10,
                        all.traffic(),
                        all.accounts(),
                        all.origins(),
                        all.localDays()));
    }

    private Path ledger() {
        return folder.resolve("ledger");
    }

    private void keep(CommittedBlock block, long nanos) {
        assertThat(nanos).isPositive();
        blocks.add(block);
    }

    private void submitAll(
            Sequencer<ByteString> sequencer,
            int from,
            int to,
            ConcurrentLinkedQueue<String> accepted) {
        for (int i = from; i < to; i++) {
            if (answer(sequencer, street.found("c-" + i).toBytes()) instanceof Answer.InBlock in
                    && in.entry().outcome() instanceof Outcome.Accepted) {
                accepted.add(in.entry().id().orElseThrow());
            }
        }
    }

    private static Answer answer(Sequencer<ByteString> sequencer, byte[] bytes) {
        try {
            return taken(sequencer, bytes).get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Future<Answer> taken(Sequencer<ByteString> sequencer, byte[] bytes) {
        return switch (sequencer.submit(bytes)) {
            case Taken.In(Future<Answer> answer) -> answer;
            case Taken.NotNow(Admission why) -> throw new AssertionError(why);
            case Taken.Behind() -> throw new AssertionError("behind whom?");
        };
    }

    /// A disk whose syncs wait, or fail, when told to.
    private static final class SlowDisk {
        private final AtomicBoolean failing = new AtomicBoolean();
        private final AtomicReference<CountDownLatch> gate =
                new AtomicReference<>(new CountDownLatch(0));
        private final CountDownLatch syncing = new CountDownLatch(1);

        void hold() {
            gate.set(new CountDownLatch(1));
        }

        void release() {
            gate.get().countDown();
        }

        void fail() {
            failing.set(true);
        }

        void awaitSync() throws InterruptedException {
            assertThat(syncing.await(60, TimeUnit.SECONDS)).isTrue();
        }

        Disk disk() {
            return wrap(Disk.class, new RealDisk());
        }

        private <T> T wrap(Class<T> type, T real) {
            return type.cast(
                    Proxy.newProxyInstance(
                            type.getClassLoader(),
                            new Class<?>[] {type},
                            (_, method, arguments) -> {
                                if (method.getName().equals("sync")) {
                                    beforeSync();
                                }
                                try {
                                    Object result = method.invoke(real, arguments);
                                    return result instanceof Disk.Appender appender
                                            ? wrap(Disk.Appender.class, appender)
                                            : result;
                                } catch (InvocationTargetException failure) {
                                    throw failure.getCause();
                                }
                            }));
        }

        private void beforeSync() throws IOException, InterruptedException {
            if (gate.get().getCount() > 0) {
                syncing.countDown();
                gate.get().await();
            }
            if (failing.get()) {
                throw new IOException("the disk fails");
            }
        }
    }
}
