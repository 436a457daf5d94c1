package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.wire.Bundle;
import mitoyen.node.running.Ordering.Taken;
import mitoyen.node.threads.FairQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a node hands its engine, and when; the engine never makes a block here.
class BundlerTest {
    private static final int BOUND = 1_000;

    private static final Duration SHORT = Duration.ofMillis(400);

    private final Genesis genesis = People.shared();
    private final People people = new People(genesis);
    private final BlockingQueue<byte[]> handed = new LinkedBlockingQueue<>();

    @Test
    void whileOneWaitsForItsBlockTheNextGatherForAMoment(@TempDir Path folder) throws Exception {
        byte[] first = people.open("ana").toBytes();
        byte[] second = people.open("bea").toBytes();
        try (Bundler<ByteString> bundler = start(folder)) {
            submit(bundler, first);
            assertThat(next()).containsExactly(ByteString.of(first));

            long start = System.nanoTime();
            submit(bundler, second);
            assertThat(next()).containsExactly(ByteString.of(second));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(30));
        }
    }

    @Test
    void whatIsHandedIsNotExaminedAgain(@TempDir Path folder) throws Exception {
        RunningLedger ledger = open(folder);
        try (Bundler<ByteString> bundler = start(ledger)) {
            submit(bundler, people.open("ana").toBytes());
            byte[] bundle = handed.take();

            assertThat(ledger.findExamined(bundle)).containsSame(ledger.examine(bundle));
        }
    }

    @Test
    void whereNoBlockComesWhatWaitsIsHandedAgainInOtherBytes(@TempDir Path folder)
            throws Exception {
        byte[] first = people.open("ana").toBytes();
        byte[] second = people.open("bea").toBytes();
        ByteString ana = ByteString.of(first);
        ByteString bea = ByteString.of(second);
        try (Bundler<ByteString> bundler = start(open(folder), SHORT)) {
            submit(bundler, first);
            submit(bundler, second);

            List<ByteString> again = next();
            while (again.size() < 3 || !again.contains(bea)) {
                again = next();
            }
            assertThat(again).startsWith(ana, ana).endsWith(ana, bea);
            List<ByteString> later = new ArrayList<>(again);
            later.addFirst(ana);
            assertThat(next()).isEqualTo(later);
        }
    }

    @Test
    void ofManyTheEldestAreHandedAgain(@TempDir Path folder) throws Exception {
        List<ByteString> sent = new ArrayList<>();
        try (Bundler<ByteString> bundler = start(open(folder), SHORT)) {
            for (int number = 0; number < 40; number++) {
                byte[] transaction = people.open("p" + number).toBytes();
                sent.add(ByteString.of(transaction));
                submit(bundler, transaction);
            }

            List<ByteString> again = next();
            while (!again.contains(sent.get(31)) || !again.get(1).equals(again.get(0))) {
                again = next();
            }
            assertThat(again).endsWith(sent.subList(0, 32).toArray(ByteString[]::new));
            assertThat(again.subList(0, again.size() - 32)).containsOnly(sent.getFirst());
        }
    }

    private List<ByteString> next() throws Exception {
        byte[] bundle = handed.take();
        return Bundle.decode(bundle, genesis.parameters()).transactions();
    }

    /// A node takes nothing in before it has asked its engine once.
    private static void submit(Bundler<ByteString> bundler, byte[] transaction)
            throws InterruptedException {
        Taken taken = bundler.submit(transaction);
        while (taken instanceof Taken.Behind) {
            Thread.onSpinWait();
            taken = bundler.submit(transaction);
        }
        assertThat(taken).isInstanceOf(Taken.In.class);
    }

    private Bundler<ByteString> start(Path folder) throws Exception {
        return start(open(folder));
    }

    private RunningLedger open(Path folder) throws Exception {
        return RunningLedger.open(
                new RealDisk(),
                folder.resolve("ledger"),
                folder.resolve("snapshots"),
                BOUND,
                genesis);
    }

    private Bundler<ByteString> start(RunningLedger ledger) {
        return start(ledger, Standstill.FIRST);
    }

    private Bundler<ByteString> start(RunningLedger ledger, Duration stillness) {
        return new Bundler<>(
                ledger,
                ledger::senderOf,
                new FairQueue.Bounds(BOUND, BOUND, 1 << 20),
                InstantSource.system(),
                new Taking(),
                (_, _) -> {},
                stillness);
    }

    /// A mempool that takes everything.
    private final class Taking implements Mempool {
        @Override
        public Handed hand(byte[] bundle) {
            handed.add(bundle);
            return new Handed.Waits();
        }

        @Override
        public boolean isCurrent() {
            return true;
        }
    }
}
