package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.backup.Backup;
import mitoyen.node.backup.BackupException;
import mitoyen.node.readings.Progress;
import mitoyen.node.settlement.FolderLock;
import mitoyen.node.verify.Verification;
import mitoyen.simulator.faults.Crash;
import mitoyen.simulator.faults.FaultyDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder goes into a file under a passphrase, and comes back (`JO-34` to `JO-37`).
class BackupTest {
    private static final String PASSPHRASE = "three words more";

    @TempDir private Path home;
    private Path file = Path.of("");
    private Path restored = Path.of("");

    @BeforeEach
    void name() {
        file = home.resolve("lane.backup");
        restored = home.resolve("restored");
    }

    @Test
    void whatIsRestoredVerifiesAndGoesOnAsTheOriginalDoes() throws Exception { // JO-34, JO-37
        Street street = settled("2025-10-30..2025-10-31");
        write(street, new RealDisk());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(home).isDirectoryNotContaining("glob:**.new");
        Files.createDirectories(restored);
        Verification.Result result = restore(new RealDisk());
        assertThat(result).hasToString(street.verify());
        assertThat(withoutVault(restored)).isEqualTo(withoutVault(street.out()));
        Path key = restored.resolve("keys/community.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");

        Path original = home.resolve("original");
        Files.move(street.out(), original);
        Street.copy(restored, street.out());
        String again = street.settle(Street.LANE_READINGS.rows("2025-11-01"));
        SortedMap<String, Content> ofRestored = withoutVault(street.out());
        Files.move(street.out(), home.resolve("put away"));
        Files.move(original, street.out());
        assertThat(street.settle(Street.LANE_READINGS.rows("2025-11-01"))).isEqualTo(again);
        assertThat(ofRestored).isEqualTo(withoutVault(street.out()));
    }

    @Test
    void aBackupAtAnyStepOfASettlementIsTheFolderAsItWasAfterSomeBlock() // JO-33, JO-34
            throws Exception {
        Street street = settled("2025-10-30");
        long before = street.ledger().height();
        List<Long> heights = new ArrayList<>();
        Disk disk =
                new SteppedDisk(() -> {
                    write(street, new RealDisk());
                    Path place = home.resolve("restored-" + heights.size());
                    Verification.Result result =
                            Backup.restore(
                                    file, place, PASSPHRASE, FaultyDisk.sound(), Progress.NONE);
                    heights.add(result.anchor().height());
                });
        street.run(disk, false, street.file(Street.LANE_READINGS.rows("2025-10-31")));
        long after = street.ledger().height();
        assertThat(heights).isSorted().startsWith(before).endsWith(after);
        assertThat(after).isGreaterThan(before);
    }

    @Test
    void aWrongPassphraseAFullFolderAndDamageAreRefusedAndNothingIsLeft() // JO-35, JO-37
            throws Exception {
        Street street = settled("2025-10-30");
        write(street, new RealDisk());
        assertThatThrownBy(() ->
                        Backup.restore(
                                file, restored, "three words less", new RealDisk(), Progress.NONE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("not opened by this passphrase");
        assertNothingIsLeft();
        byte[] sound = Files.readAllBytes(file);
        for (int at = 0; at < sound.length; at += sound.length / 6) {
            byte[] changed = sound.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertThatThrownBy(() -> restore(new RealDisk()))
                    .isInstanceOf(BackupException.class)
                    .hasMessageNotContaining("\n");
            assertNothingIsLeft();
        }
        Files.write(file, sound);
        Files.createDirectories(restored);
        Files.writeString(restored.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> restore(new RealDisk())).hasMessageContaining("is not empty");
        assertThat(restored.resolve("notes.txt")).hasContent("mine");
        Files.delete(restored.resolve("notes.txt"));
        Files.delete(restored);
        Files.writeString(restored, "a file");
        assertThatThrownBy(() -> restore(new RealDisk())).hasMessageContaining("is a file");
    }

    @Test
    void whatDoesNotVerifyIsNotRestored() throws Exception { // JO-37
        Street street = settled("2025-10-30");
        Path key = street.out().resolve("keys/members/carla.key");
        Files.delete(key);
        write(street, new RealDisk());
        assertThatThrownBy(() -> restore(new RealDisk())).isInstanceOf(IOException.class);
        assertNothingIsLeft();
    }

    @Test
    void whereThereIsNothingToBackUpNothingIsWritten() throws Exception { // JO-34
        Files.createDirectories(home.resolve("empty"));
        assertThatThrownBy(() ->
                        Backup.write(
                                home.resolve("empty"),
                                file,
                                PASSPHRASE,
                                new RealDisk(),
                                new FixedChance(1),
                                Progress.NONE))
                .hasMessageContaining("holds no ledger");
        assertThatThrownBy(() ->
                        Backup.write(
                                home,
                                file,
                                "7 signs",
                                new RealDisk(),
                                new FixedChance(1),
                                Progress.NONE))
                .hasMessageContaining("fewer than 8");
        assertThat(file).doesNotExist();
    }

    @Test
    void aCrashAtAnyStepOfARestorationLeavesAllOrNothing() throws Exception { // JO-37
        Street street = settled("2025-10-30");
        write(street, new RealDisk());
        boolean crashed = true;
        for (int step = 1; crashed; step += 7) {
            restored = home.resolve("crashed-" + step);
            crashed = crashes(FaultyDisk.crashingAt(step, step));
            if (!Files.exists(restored)) {
                restore(FaultyDisk.sound());
            }
            Verification.run(restored, Optional.empty(), new RealDisk(), Progress.NONE);
        }
    }

    @Test
    void whatAKilledRunLeftGoesWithTheNextOneAndWhatALivingOneWritesStays() // JO-34, JO-37
            throws Exception {
        Street street = settled("2025-10-30");
        Path yesterdays = leave(home.resolve(".yesterday.backup.unfinished"));
        Path sealed = Files.writeString(home.resolve(".yesterday.backup.new"), "half of it");
        Path foreign = Files.createDirectories(home.resolve(".mine.unfinished"));
        Path living = home.resolve(".tonight.backup.unfinished");
        try (FolderLock _ = FolderLock.take(living, new RealDisk())) {
            Path written = Files.writeString(home.resolve(".tonight.backup.new"), "half of it");
            write(street, new RealDisk());
            assertThat(yesterdays).doesNotExist();
            assertThat(sealed).doesNotExist();
            assertThat(foreign).exists();
            assertThat(written).exists();
            Path own = file;
            file = home.resolve("tonight.backup");
            assertThatThrownBy(() -> write(street, new RealDisk()))
                    .isInstanceOf(BackupException.class)
                    .hasMessage(file + ": is being written by another run; wait until it is done");
            assertThat(written).hasContent("half of it");
            file = own;
        }

        Path lefts = leave(home.resolve(".old.restoring"));
        Path others = home.resolve(".restored.restoring");
        try (FolderLock _ = FolderLock.take(others, new RealDisk())) {
            assertThatThrownBy(() -> restore(new RealDisk()))
                    .isInstanceOf(BackupException.class)
                    .hasMessage(
                            restored + ": is being written by another run; wait until it is done");
            assertThat(others).isNotEmptyDirectory();
        }
        restore(new RealDisk());
        assertThat(lefts).doesNotExist();
        assertThat(others).doesNotExist();
        assertThat(restored).isNotEmptyDirectory();
    }

    @Test
    void ofARestorationThatFailsNoFolderAboveItIsLeft() throws Exception { // JO-37
        Street street = settled("2025-10-30");
        write(street, new RealDisk());
        byte[] cut = Files.readAllBytes(file);
        cut[cut.length / 2] ^= 1;
        Files.write(file, cut);
        restored = home.resolve("new/folder/restored");
        assertThatThrownBy(() -> restore(new RealDisk())).isInstanceOf(BackupException.class);
        assertThat(home.resolve("new")).doesNotExist();
    }

    /// What a run that was killed leaves: its folder, and the lock that nobody has.
    private static Path leave(Path folder) throws Exception {
        FolderLock.take(folder, new RealDisk()).close();
        Files.createDirectories(folder.resolve("ledger"));
        Files.writeString(folder.resolve("ledger/1.segment"), "half of it");
        return folder;
    }

    private boolean crashes(Disk disk) throws IOException {
        try {
            restore(disk);
            return false;
        } catch (Crash crash) {
            return true;
        }
    }

    private Street settled(String days) throws Exception {
        Street street = Street.at(home.resolve("street"), Street.LANE);
        street.settle(Street.LANE_READINGS.rows(days));
        return street;
    }

    private void write(Street street, Disk disk) throws IOException {
        Backup.write(street.out(), file, PASSPHRASE, disk, new FixedChance(1), Progress.NONE);
    }

    private Verification.Result restore(Disk disk) throws IOException {
        return Backup.restore(file, restored, PASSPHRASE, disk, Progress.NONE);
    }

    private void assertNothingIsLeft() {
        assertThat(restored).doesNotExist();
        assertThat(home).isDirectoryNotContaining("glob:**restor*");
    }

    /// The vault's copy says the same in other pages; the lock is nobody's content.
    private static SortedMap<String, Content> withoutVault(Path folder) throws IOException {
        SortedMap<String, Content> files = Street.files(folder);
        files.keySet().removeIf(name -> name.startsWith("vault") || name.equals(".lock"));
        assertThat(files).isNotEmpty();
        return files;
    }
}
