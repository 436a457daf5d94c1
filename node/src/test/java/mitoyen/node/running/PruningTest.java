package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.wire.SignedTransaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes beside the making of blocks, and what has to wait for those who follow.
class PruningTest {
    private static final int SNAPSHOT_BLOCKS = 2;
    private static final long SEGMENT_BYTES = 1_000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Genesis genesis = People.genesis();
    private final People people = new People(genesis);
    private final AtomicLong followed = new AtomicLong();
    private final AtomicLong secured = new AtomicLong();
    private final Queue<Long> told = new ConcurrentLinkedQueue<>();

    @TempDir private Path folder;

    @Test
    void whatIsToBeKeptIsKeptAndWhoeverFollowsIsToldWhatWent() throws Exception { // JO-38
        followed.set(Long.MAX_VALUE);
        try (RunningLedger ledger = open(new Keep.Blocks(10))) {
            grow(ledger, 40);
            awaitPruned(ledger, 15);
            assertThat(ledger.firstHeight()).isLessThanOrEqualTo(31);
            awaitTold(ledger.firstHeight());
        }
        assertThat(List.copyOf(told)).isSorted();
        told.clear();
        try (RunningLedger ledger = open(new Keep.Blocks(1))) {
            awaitPruned(ledger, 30);
            awaitTold(ledger.firstHeight());
        }
    }

    @Test
    void nothingGoesAndNoSnapshotIsTakenWhileTheTablesAreBehind() throws Exception { // JO-38
        try (RunningLedger ledger = open(new Keep.Blocks(1))) {
            grow(ledger, 9);
            assertThat(snapshots()).containsExactly(2L);
            followed.set(2);
            grow(ledger, 1);
            assertThat(snapshots()).containsExactly(2L, 10L);
            grow(ledger, 4);
            assertThat(snapshots()).containsExactly(2L, 10L);
            followed.set(10);
            grow(ledger, 2);
            assertThat(snapshots()).containsExactly(10L, 16L);
            assertThat(secured).hasValue(16);
            awaitPruned(ledger, 5);
            assertThat(ledger.firstHeight()).isLessThanOrEqualTo(11);
            assertThat(ledger.history().reaches(11)).isTrue();
            assertThat(ledger.history().reaches(10)).isFalse();
            assertThatThrownBy(() -> ledger.history().read(10, 16, _ -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("were pruned, and no snapshot stands for them");
        }
    }

    @Test
    void whoeverFollowsCanAlwaysGoOnFromWhereHeIs() throws Exception { // JO-38
        long seed = 20_261_126;
        Random random = new Random(seed);
        try (RunningLedger ledger = open(new Keep.Blocks(1))) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                grow(ledger, 1);
                if (random.nextInt(3) == 0) {
                    long from = followed.get() + 1;
                    long to = Math.min(ledger.height(), from + random.nextInt(6));
                    ledger.history().read(from, to, block -> all.add(block.height() + " " + block));
                    followed.set(to);
                }
                assertThat(ledger.history().reaches(followed.get() + 1))
                        .as("seed %d, block %d", seed, ledger.height())
                        .isTrue();
            }
            assertThat(all).hasSize((int) followed.get());
            awaitPruned(ledger, 10);
        }
    }

    @Test
    void aLedgerThatIsSettledOnKeepsAllBlocks() throws Exception { // JO-38
        followed.set(Long.MAX_VALUE);
        try (RunningLedger ledger = open(new Keep.All())) {
            assertThat(ledger.isSettledOn()).isFalse();
            grow(ledger, 10);
            assertThat(ledger.firstHeight()).isEqualTo(1);
        }
        try (RunningLedger ledger = open(new Keep.Blocks(1))) {
            ledger.settlesFromFiles();
            assertThat(ledger.isSettledOn()).isTrue();
        }
        Genesis first = Street.genesis();
        try (RunningLedger ledger =
                RunningLedger.open(
                        new RealDisk(),
                        folder.resolve("first"),
                        folder.resolve("none"),
                        2,
                        first)) {
            assertThat(ledger.isSettledOn()).isTrue();
        }
    }

    private RunningLedger open(Keep keep) throws IOException {
        RunningLedger ledger =
                RunningLedger.open(
                        new RealDisk(),
                        folder.resolve("ledger"),
                        folder.resolve("snapshots"),
                        SNAPSHOT_BLOCKS,
                        genesis,
                        SEGMENT_BYTES);
        ledger.keep(
                keep,
                new Follower() {
                    @Override
                    public long durableHeight() {
                        return followed.get();
                    }

                    @Override
                    public void secure(long height) {
                        secured.set(height);
                    }

                    @Override
                    public void pruned(long firstHeight) {
                        told.add(firstHeight);
                    }
                });
        return ledger;
    }

    /// Opens accounts, one a block.
    private void grow(RunningLedger ledger, int blocks) throws IOException {
        for (int i = 0; i < blocks; i++) {
            SignedTransaction opening = people.open("member " + ledger.height());
            Checked.Valid valid = (Checked.Valid) ledger.check(opening.toBytes());
            ledger.execute(System.currentTimeMillis(), List.of(valid));
            ledger.snapshotIfDue();
        }
    }

    private static void awaitPruned(RunningLedger ledger, long height) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (ledger.firstHeight() <= height) {
            assertThat(System.nanoTime()).as("block %d is still there", height).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private void awaitTold(long firstHeight) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (told.stream().noneMatch(each -> each >= firstHeight)) {
            assertThat(System.nanoTime()).as("nobody was told").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private List<Long> snapshots() throws IOException {
        return new SnapshotFolder(folder.resolve("snapshots")).listHeights();
    }
}
