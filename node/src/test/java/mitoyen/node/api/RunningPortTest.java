package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.keys.CommunityKeys;
import mitoyen.node.keys.Keys;
import mitoyen.node.running.LoneLedger;
import mitoyen.node.running.People;
import mitoyen.node.running.RunningLedger;
import mitoyen.node.settlement.LedgerIndex;
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
        try (LoneLedger lone = new LoneLedger(ledger, (_, _) -> {})) {
            RunningPort port = new RunningPort(ledger, lone.sequencer());
            lone.submit(people.open("ana"));
            LedgerIndex first = port.open(blocks, genesis, keys).index();
            assertThat(first.height()).isEqualTo(1);

            lone.submit(people.open("bea"));
            LedgerIndex second = port.open(blocks, genesis, keys).index();
            assertThat(second).isSameAs(first);
            assertThat(second.height()).isEqualTo(2);
        }
    }
}
