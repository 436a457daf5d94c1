package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.keys.CommunityKeys;
import mitoyen.node.keys.Keys;
import mitoyen.node.running.Ordering.Taken;
import mitoyen.node.running.People;
import mitoyen.node.running.RunningLedger;
import mitoyen.node.running.Sequencer;
import mitoyen.node.settlement.LedgerIndex;
import mitoyen.node.threads.FairQueue.Bounds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A settlement on a node's ledger costs what is new on it, not what it ever held.
class RunningPortTest {
    private final Genesis genesis = People.genesis();
    private final People people = new People(genesis);

    @TempDir private Path folder;

    @Test
    void theNextSettlementGoesOnFromWhatTheLastOneExecuted() throws Exception {
        CommunityKeys keys =
                Keys.ensure(folder.resolve("keys"), List.of(), new RealDisk(), new SecureRandom())
                        .community();
        Path blocks = folder.resolve("ledger");
        RunningLedger ledger =
                RunningLedger.open(
                        new RealDisk(), blocks, folder.resolve("snapshots"), 100, genesis);
        try (Sequencer<ByteString> sequencer =
                new Sequencer<>(
                        ledger,
                        ledger::senderOf,
                        new Bounds(100, 100, 1 << 20),
                        InstantSource.system(),
                        (_, _) -> {})) {
            RunningPort port = new RunningPort(ledger, sequencer);
            open(sequencer, "ana");
            LedgerIndex first = port.open(blocks, genesis, keys).index();
            assertThat(first.height()).isEqualTo(1);

            open(sequencer, "bea");
            LedgerIndex second = port.open(blocks, genesis, keys).index();
            assertThat(second).isSameAs(first);
            assertThat(second.height()).isEqualTo(2);
        }
    }

    private void open(Sequencer<ByteString> sequencer, String name) throws Exception {
        Taken taken = sequencer.submit(people.open(name).toBytes());
        ((Taken.In) taken).answer().get(20, TimeUnit.SECONDS);
    }
}
