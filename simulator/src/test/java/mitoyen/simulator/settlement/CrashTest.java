package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.consensus.disk.Disk;
import mitoyen.simulator.faults.Crash;
import mitoyen.simulator.faults.FaultyDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A settlement whose machine loses its power at every write it ever makes, or whose disk is full
/// after every so many bytes: the same run made again ends as if nothing had happened (issue 3,
/// "Again and again").
class CrashTest {
    /// Four days over the end of a month, so that there are two claims.
    private static final List<String> DAYS = Street.LANE_READINGS.rows("2025-10-30..2025-11-02");

    private static final List<String> REVISED =
            Readings.revise(DAYS, "2025-10-31T12:00:00+01:00,B1", "9.5");

    @TempDir private Path temporary;
    private Street uninterrupted;

    @BeforeEach
    void settleWithoutInterruption() throws Exception {
        uninterrupted = Street.at(temporary.resolve("uninterrupted"), Street.LANE);
        uninterrupted.settle(DAYS);
    }

    @Test
    void a_crash_at_any_write_is_made_good_by_running_again() throws Exception {
        crashEverywhere(1, 1);
    }

    @Test
    @Tag("long")
    void a_crash_at_any_write_is_made_good_by_running_again_over_many_seeds() throws Exception {
        crashEverywhere(2, 10);
    }

    @Test
    void a_crash_at_any_write_of_a_correction_is_made_good_by_running_again() throws Exception {
        Street corrected = copyOf(uninterrupted, "corrected");
        corrected.correct(REVISED);
        boolean crashed = true;
        for (int step = 1; crashed; step++) {
            Street street = copyOf(uninterrupted, "correction-" + step);
            crashed = crashes(street, FaultyDisk.crashingAt(step, 1), true, REVISED);
            street.correct(REVISED);
            assertThatNothingHappened(street, corrected, "step " + step);
        }
    }

    /// All chance lies in the keys, so the crash is compared with a run that is given its keys.
    @Test
    void a_crash_while_the_keys_are_made_is_made_good_by_running_again() throws Exception {
        boolean keysComplete = false;
        for (int step = 1; !keysComplete; step++) {
            Street street = Street.at(temporary.resolve("keys-" + step), Street.LANE);
            crashes(street, FaultyDisk.crashingAt(step, 1), false, DAYS);
            keysComplete = Files.exists(street.out().resolve("vault"));
            street.settle(DAYS);
            Street reference = withKeysOf(street, "reference-" + step);
            reference.settle(DAYS);
            assertThatNothingHappened(street, reference, "step " + step);
        }
    }

    @Test
    void crashes_of_the_runs_that_make_a_crash_good_are_made_good_too() throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            Street street = withKeysOf(uninterrupted, "often-" + seed);
            for (int life = 1; life <= 6; life++) {
                int step = 1 + random.nextInt(25);
                crashes(street, FaultyDisk.crashingAt(step, random.nextInt()), false, DAYS);
            }
            street.settle(DAYS);
            assertThatNothingHappened(street, uninterrupted, "seed " + seed);
        }
    }

    @Test
    void a_full_disk_is_said_and_the_run_made_again_goes_on() throws Exception {
        boolean full = true;
        int settled = 0;
        for (int bytes = 0; full; bytes += 4001) {
            Street street = withKeysOf(uninterrupted, "full-" + bytes);
            full = isFull(street, bytes);
            int kept = street.run(FaultyDisk.sound(), false, street.file(DAYS)).unchanged();
            assertThat(kept).as("%d bytes", bytes).isGreaterThanOrEqualTo(settled);
            settled = kept;
            assertThatNothingHappened(street, uninterrupted, bytes + " bytes");
        }
        assertThat(settled).isEqualTo(4);
    }

    private void crashEverywhere(int firstSeed, int lastSeed) throws Exception {
        for (int seed = firstSeed; seed <= lastSeed; seed++) {
            boolean crashed = true;
            for (int step = 1; crashed; step++) {
                Street street = withKeysOf(uninterrupted, seed + "-" + step);
                crashed = crashes(street, FaultyDisk.crashingAt(step, seed), false, DAYS);
                street.settle(DAYS);
                assertThatNothingHappened(
                        street, uninterrupted, "seed %d, step %d".formatted(seed, step));
            }
        }
    }

    private static boolean crashes(Street street, Disk disk, boolean correct, List<String> rows)
            throws Exception {
        try {
            street.run(disk, correct, street.file(rows));
            return false;
        } catch (Crash crash) {
            return true;
        }
    }

    private static boolean isFull(Street street, int bytes) throws Exception {
        Path file = street.file(DAYS);
        try {
            street.run(FaultyDisk.fullAfter(bytes), false, file);
            return false;
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
            return true;
        }
    }

    private static void assertThatNothingHappened(Street street, Street expected, String when)
            throws IOException {
        assertThat(documents(street)).as(when).isEqualTo(documents(expected));
        assertThat(street.verify()).as(when).isEqualTo(expected.verify());
    }

    /// Everything but the vault, whose pages depend on how often it was written.
    private static SortedMap<String, Content> documents(Street street) throws IOException {
        SortedMap<String, Content> files = new TreeMap<>(Street.files(street.out()));
        assertThat(files.keySet().removeIf(name -> name.equals("vault/vault.sqlite"))).isTrue();
        return files;
    }

    private Street withKeysOf(Street other, String name) throws IOException {
        Street street = Street.at(temporary.resolve(name), Street.LANE);
        Files.createDirectories(street.out());
        Street.copy(other.out().resolve("keys"), street.out().resolve("keys"));
        return street;
    }

    private Street copyOf(Street other, String name) throws IOException {
        Street street = Street.at(temporary.resolve(name), Street.LANE);
        Street.copy(other.out(), street.out());
        return street;
    }
}
