package mitoyen.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mitoyen.consensus.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A ledger whose machine loses its power at every step it ever takes (`JO-9`, `JO-10`).
class JournalCrashTest {
    private static final int SEEDS = 4;
    private static final LedgerRun LEDGER = new LedgerRun(12);

    @TempDir private Path temporary;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12})
    void aCrashAtAnyStepLosesNoAcknowledgedBlockAndLeavesNoTrace(int atOnce) throws IOException {
        Path uninterrupted = runWithoutInterruption();
        for (int seed = 1; seed <= SEEDS; seed++) {
            boolean crashed = true;
            for (int step = 1; crashed; step++) {
                Path folder = temporary.resolve(atOnce + "-" + seed + "-" + step);
                crashed = crashes(FaultyDisk.crashingAt(step, seed), folder, atOnce);
                LEDGER.run(FaultyDisk.sound(), folder, 2, new ArrayList<>());
                assertThat(LedgerRun.files(folder))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(LedgerRun.files(uninterrupted));
            }
        }
    }

    @Test
    void crashesDuringRecoveryAreRecoveredFromToo() throws IOException {
        Path uninterrupted = runWithoutInterruption();
        for (int seed = 1; seed <= 8; seed++) {
            Random random = new Random(seed);
            Path folder = temporary.resolve("often-" + seed);
            for (int life = 1; life <= 12; life++) {
                int step = 1 + random.nextInt(15);
                crashes(FaultyDisk.crashingAt(step, random.nextInt()), folder, 3);
            }
            LEDGER.run(FaultyDisk.sound(), folder, 3, new ArrayList<>());
            assertThat(LedgerRun.files(folder))
                    .as("seed %d", seed)
                    .isEqualTo(LedgerRun.files(uninterrupted));
        }
    }

    private Path runWithoutInterruption() throws IOException {
        Path folder = temporary.resolve("uninterrupted");
        LEDGER.run(FaultyDisk.sound(), folder, 1, new ArrayList<>());
        assertThat(LedgerRun.files(folder)).hasSizeGreaterThan(3);
        assertThat(LedgerRun.read(folder)).hasSize(LEDGER.blocks());
        return folder;
    }

    /// Runs until the crash, then looks whether what was acknowledged is there.
    private boolean crashes(FaultyDisk disk, Path folder, int atOnce) throws IOException {
        List<Block> acknowledged = new ArrayList<>();
        boolean crashed = false;
        try {
            LEDGER.run(disk, folder, atOnce, acknowledged);
        } catch (Crash crash) {
            crashed = true;
        }
        Path copy = temporary.resolve("copy-of-" + folder.getFileName() + "-" + disk.hashCode());
        long kept = LedgerRun.recoveredHeight(folder, copy);
        if (!acknowledged.isEmpty()) {
            assertThat(kept).isGreaterThanOrEqualTo(acknowledged.getLast().height());
            assertThat(LedgerRun.read(copy)).containsAll(acknowledged);
        }
        return crashed;
    }
}
