package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import mitoyen.consensus.Block;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `CE-17`: executing the last block again gives the root over all blocks, however many parts their
/// headers are read in.
class ReexecutionTest {
    private final Genesis genesis = People.genesis();
    private final People people = new People(genesis);

    @TempDir private Path folder;

    @Test
    void whatValidatorsSignedComesOutAgainAtEveryHeight() throws Exception {
        try (RunningLedger ledger =
                RunningLedger.open(
                        new RealDisk(),
                        folder.resolve("ledger"),
                        folder.resolve("snapshots"),
                        100,
                        genesis)) {
            while (ledger.height() < 514) {
                var opening = people.open("member " + ledger.height());
                var valid = (Checked.Valid) ledger.check(opening.toBytes());
                ledger.execute(System.currentTimeMillis(), List.of(valid));
                ledger.snapshotIfDue();
                if (List.of(1L, 2L, 256L, 257L, 258L, 512L, 513L, 514L).contains(ledger.height())) {
                    LogRoot own =
                            ledger.proofs().rootWith(ledger.findLastBlock().map(Block::toHeader));
                    LogRoot other = new LogRoot(own.size(), Sha256.of(new byte[1]));
                    assertThat(ledger.explain(new Divergence(own, own)))
                            .as("block %d", own.size())
                            .contains("; executed again from the disk it gives what");
                    assertThat(ledger.explain(new Divergence(own, other)))
                            .contains("; executed again from the disk it does not give what");
                }
            }
        }
    }
}
