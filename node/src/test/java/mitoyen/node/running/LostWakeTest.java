package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.EngineNotice;
import mitoyen.node.threads.FairQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A timer became due while all nodes of a network were down. A node starts its bundling thread
/// before its CometBFT: the wake that it hands over at once is not taken.
class LostWakeTest {
    private final Genesis genesis = shared();
    private final BlockingQueue<byte[]> taken = new LinkedBlockingQueue<>();
    private final AtomicInteger offered = new AtomicInteger();

    @Test
    void aWakeThatTheEngineDidNotTakeIsHandedAgain(@TempDir Path folder) throws Exception {
        Instant then = Instant.now().minus(Duration.ofDays(5));
        People people = new People(genesis, () -> then);
        try (RunningLedger ledger = open(folder)) {
            List<byte[]> all = new ArrayList<>();
            all.add(people.open("ana").toBytes());
            all.add(people.open("bea").toBytes());
            all.add(people.createEuros().toBytes());
            all.add(
                    people.reserve("ana", "bea", 5, then.plus(Duration.ofDays(1)).toEpochMilli())
                            .toBytes());
            byte[] bundle = new Bundle(all.stream().map(ByteString::of).toList()).toBytes();
            ledger.execute(
                    new Proposal(
                            then.toEpochMilli(),
                            List.of(new EngineNotice(List.of(), 1).toBytes(), bundle)));
            assertThat(ledger.findNextTimerMillis()).isPresent();
        }

        RunningLedger later = open(folder);
        assertThat(later.isTimerDue(System.currentTimeMillis())).isTrue();
        try (Bundler<ByteString> _ =
                new Bundler<>(
                        later,
                        later::senderOf,
                        new FairQueue.Bounds(1_000, 1_000, 1 << 20),
                        InstantSource.system(),
                        new Starting(),
                        (_, _) -> {})) {
            byte[] wake = taken.poll(60, TimeUnit.SECONDS);
            assertThat(wake).as("wakes offered: %s", offered.get()).isNotNull();
        }
    }

    private RunningLedger open(Path folder) throws Exception {
        return RunningLedger.open(
                new RealDisk(),
                folder.resolve("ledger"),
                folder.resolve("snapshots"),
                1_000,
                genesis);
    }

    private static Genesis shared() {
        Genesis alone = People.genesis();
        Genesis empty = new Genesis("people", alone.founder(), 2, alone.parameters(), List.of());
        return empty.sharedBy(
                new GovernanceTerms(
                        SignerSet.single(alone.founder()),
                        List.of(new Validator(alone.founder(), 10, "one"))));
    }

    /// The engine's mempool while CometBFT starts: what is handed first meets nobody.
    private final class Starting implements Mempool {
        @Override
        public Handed hand(byte[] bundle) {
            if (offered.incrementAndGet() == 1) {
                return new Handed.NotNow("CometBFT does not answer: connection refused");
            }
            taken.add(bundle);
            return new Handed.Waits();
        }

        @Override
        public boolean isCurrent() {
            return true;
        }
    }
}
