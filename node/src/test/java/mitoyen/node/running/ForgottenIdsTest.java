package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.settlement.LedgerReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A ledger that is older than its transactions are valid has forgotten their ids (LE-94). That is
/// an event like any other: an audit comes to the same states with it (LE-53).
class ForgottenIdsTest {
    private static final int DAYS = 20;

    private final Genesis genesis = People.genesis();
    private Instant now = Instant.parse("2025-12-24T12:00:00Z");
    private final People people = new People(genesis, () -> now);

    @TempDir private Path folder;
    private RunningLedger ledger;

    @BeforeEach
    void open() throws IOException {
        ledger =
                RunningLedger.open(
                        new RealDisk(),
                        folder.resolve("ledger"),
                        folder.resolve("snapshots"),
                        2,
                        genesis,
                        1_000);
    }

    @Test
    void isAuditedFromTheFirstBlock() throws IOException {
        aBlockADay();
        ledger.close();
        assertThat(LedgerReader.audit(folder, new RealDisk(), (_, _, _) -> {}).height())
                .isEqualTo(DAYS);
    }

    @Test
    void isAuditedFromASnapshot() throws Exception { // JO-38
        ledger.keep(new Keep.Blocks(1), new FollowsAll());
        aBlockADay();
        InboxFolder.await(() -> ledger.firstHeight() > 1);
        ledger.close();
        assertThat(LedgerReader.countPruned(folder)).isPositive();
        assertThat(LedgerReader.audit(folder, new RealDisk(), (_, _, _) -> {}).height())
                .isEqualTo(DAYS);
    }

    /// Each has a transaction, whose id is forgotten the day after.
    private void aBlockADay() throws IOException {
        Optional<Checked.Valid> yesterdays = Optional.empty();
        for (int day = 0; day < DAYS; day++) {
            SignedTransaction opening = people.open("member " + day);
            Checked.Valid todays = (Checked.Valid) ledger.check(opening.toBytes());
            ledger.execute(now.toEpochMilli(), List.of(todays));
            ledger.snapshotIfDue();
            assertThat(isRemembered(todays)).isTrue();
            assertThat(yesterdays.filter(this::isRemembered)).isEmpty();
            yesterdays = Optional.of(todays);
            now = now.plus(Duration.ofDays(1));
        }
    }

    private boolean isRemembered(Checked.Valid transaction) {
        return ledger.proofs()
                .standing()
                .state()
                .traffic()
                .find(People.account("founder"), transaction.verified().transaction().id())
                .isPresent();
    }
}
