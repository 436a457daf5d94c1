package mitoyen.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mitoyen.consensus.Block;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.embedded.EmbeddedEngine;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.consensus.store.LedgerStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A ledger that takes snapshots and is pruned, whose machine loses its power at every step it ever
/// takes (`JO-9`, `JO-10`, `JO-21`, `JO-26`).
class PruneCrashTest {
    private static final byte[] GENESIS = "a street".getBytes(StandardCharsets.US_ASCII);
    private static final long SEGMENT_BYTES = 1000;
    private static final int BLOCKS = 12;
    private static final int EVERY = 4;

    @TempDir private Path temporary;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aCrashAtAnyStepLosesNothingThatWasNotMeantToGo(int atOnce) throws IOException {
        Path uninterrupted = runWithoutInterruption();
        for (int seed = 1; seed <= 2; seed++) {
            boolean crashed = true;
            for (int step = 1; crashed; step++) {
                Path home = temporary.resolve(atOnce + "-" + seed + "-" + step);
                crashed = crashes(FaultyDisk.crashingAt(step, seed), home, atOnce);
                run(FaultyDisk.sound(), home, 2, new ArrayList<>());
                assertSame(home, uninterrupted, "seed %d, step %d".formatted(seed, step));
            }
        }
    }

    @Test
    void crashesDuringRecoveryAreRecoveredFromToo() throws IOException {
        Path uninterrupted = runWithoutInterruption();
        for (int seed = 1; seed <= 6; seed++) {
            Random random = new Random(seed);
            Path home = temporary.resolve("often-" + seed);
            for (int life = 1; life <= 12; life++) {
                int step = 1 + random.nextInt(25);
                crashes(FaultyDisk.crashingAt(step, random.nextInt()), home, 2);
            }
            run(FaultyDisk.sound(), home, 3, new ArrayList<>());
            assertSame(home, uninterrupted, "seed " + seed);
        }
    }

    @Test
    void aFullDiskLeavesALedgerThatGoesOn() throws IOException {
        Path uninterrupted = runWithoutInterruption();
        boolean full = true;
        for (int bytes = 0; full; bytes += 131) {
            Path home = temporary.resolve("full-" + bytes);
            full = isFull(FaultyDisk.fullAfter(bytes), home);
            run(FaultyDisk.sound(), home, 2, new ArrayList<>());
            assertSame(home, uninterrupted, "full after " + bytes);
        }
    }

    private static boolean isFull(FaultyDisk disk, Path home) throws IOException {
        try {
            run(disk, home, 2, new ArrayList<>());
            return false;
        } catch (IOException noSpace) {
            assertThat(noSpace).hasMessageContaining("No space left");
            return true;
        }
    }

    private Path runWithoutInterruption() throws IOException {
        Path home = temporary.resolve("uninterrupted");
        run(FaultyDisk.sound(), home, 1, new ArrayList<>());
        assertThat(LedgerRun.files(ledger(home)).keySet())
                .filteredOn(name -> name.startsWith("headers"))
                .hasSizeGreaterThan(1);
        assertThat(LedgerRun.files(snapshots(home)).keySet())
                .containsExactly("snapshot-00000008.snapshot", "snapshot-00000012.snapshot");
        return home;
    }

    /// Writes the blocks that are missing, with a snapshot every so many and whatever may go gone.
    private static void run(Disk disk, Path home, int atOnce, List<Block> acknowledged)
            throws IOException {
        try (EmbeddedEngine engine = open(disk, home)) {
            while (true) {
                if (engine.height() > 0 && engine.height() % EVERY == 0) {
                    engine.store().snapshot();
                    engine.store().prune(engine.height() - 2, () -> true);
                }
                if (engine.height() == BLOCKS) {
                    return;
                }
                List<Proposal> proposals = new ArrayList<>();
                long height = engine.height();
                do {
                    height++;
                    proposals.add(LedgerRun.proposal(height));
                } while (height % EVERY != 0 && proposals.size() < atOnce);
                acknowledged.addAll(engine.submit(proposals));
            }
        }
    }

    /// Runs until the crash, then looks whether what was acknowledged is there, on a copy.
    private boolean crashes(FaultyDisk disk, Path home, int atOnce) throws IOException {
        List<Block> acknowledged = new ArrayList<>();
        boolean crashed = false;
        try {
            run(disk, home, atOnce, acknowledged);
        } catch (Crash crash) {
            crashed = true;
        }
        Path copy = temporary.resolve("copy-of-" + home.getFileName() + "-" + disk.hashCode());
        copy(ledger(home), ledger(copy));
        copy(snapshots(home), snapshots(copy));
        try (EmbeddedEngine engine = open(FaultyDisk.sound(), copy)) {
            long kept = acknowledged.isEmpty() ? 0 : acknowledged.getLast().height();
            assertThat(engine.height()).isGreaterThanOrEqualTo(kept);
            assertThat(engine.store().firstHeight())
                    .isLessThanOrEqualTo(Math.max(1, engine.height() - 2));
            for (Block block : acknowledged) {
                assertThat(engine.store().findHeader(block.height())).contains(block.toHeader());
            }
        }
        assertEveryHeaderIsThere(ledger(copy));
        return crashed;
    }

    private static void assertEveryHeaderIsThere(Path ledger) throws IOException {
        try (JournalReader reader = JournalReader.open(ledger)) {
            long height = 0;
            while (reader.findNextHeader().isPresent() || reader.findNext().isPresent()) {
                height++;
                assertThat(reader.height()).isEqualTo(height);
            }
        }
    }

    private static void assertSame(Path home, Path uninterrupted, String when) throws IOException {
        assertThat(LedgerRun.files(ledger(home)))
                .as(when)
                .isEqualTo(LedgerRun.files(ledger(uninterrupted)));
        assertThat(LedgerRun.files(snapshots(home)))
                .as(when)
                .isEqualTo(LedgerRun.files(snapshots(uninterrupted)));
    }

    private static EmbeddedEngine open(Disk disk, Path home) throws IOException {
        return new EmbeddedEngine(
                LedgerStore.open(
                        disk,
                        ledger(home),
                        snapshots(home),
                        GENESIS,
                        new TallyApplication(),
                        _ -> {},
                        SEGMENT_BYTES));
    }

    private static Path ledger(Path home) {
        return home.resolve("ledger");
    }

    private static Path snapshots(Path home) {
        return home.resolve("snapshots");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        if (Files.exists(from)) {
            try (DirectoryStream<Path> paths = Files.newDirectoryStream(from)) {
                for (Path path : paths) {
                    Files.copy(path, to.resolve(path.getFileName()));
                }
            }
        }
    }
}
