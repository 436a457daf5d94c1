package mitoyen.consensus.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest {
    private static final int MOST_AT_ONCE = 1 << 18;

    private final Disk disk = new RealDisk();
    @TempDir private Path folder;

    @Test
    void anAppendedFileGrowsAndIsCut() throws IOException {
        Path file = folder.resolve("log");
        try (Disk.Appender appender = disk.append(file)) {
            appender.write(bytes("one,two"));
            appender.truncate(4);
            appender.write(bytes("three"));
            appender.sync();
        }
        try (Disk.Appender appender = disk.append(file)) {
            assertThat(appender.size()).isEqualTo(9);
            appender.write(bytes("!"));
        }
        assertThat(file).hasContent("one,three!");
    }

    @Test
    void aReplacementThatFailsLeavesTheOldFileAndNothingBeside() throws IOException {
        Path file = folder.resolve("summary.json");
        disk.replace(file, out -> out.write('1'));
        assertThatThrownBy(() ->
                        disk.replace(
                                file,
                                out -> {
                                    out.write('2');
                                    throw new IOException("No space left on device");
                                }))
                .hasMessage("No space left on device");
        assertThat(file).hasContent("1");
        assertThat(folder.toFile().list()).containsExactly("summary.json");
    }

    @Test
    void ofTwoWhoCreateAFileAtOnceOneDoesAndTheOtherIsTold() throws IOException {
        Path file = folder.resolve("a.key");
        assertThatThrownBy(() ->
                        disk.createPrivate(
                                file,
                                out -> {
                                    out.write('1');
                                    disk.createPrivate(file, other -> other.write('2'));
                                }))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(file.toString());
        assertThat(file).hasContent("2");
        assertThat(folder.toFile().list()).containsExactly("a.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatFailsOnItsWayIsNotCreated() {
        assertThatThrownBy(() ->
                        disk.createPrivate(
                                folder.resolve("a.key"),
                                _ -> {
                                    throw new IOException("No space left on device");
                                }))
                .hasMessage("No space left on device");
        assertThat(folder.toFile().list()).isEmpty();
        assertThatThrownBy(() -> disk.createPrivate(folder.resolve("no/a.key"), _ -> {}))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder.resolve("no").toString());
    }

    @Test
    void aFolderTakesItsPlaceWithItsFilesAndWhatACrashLeftOfOneGoes() throws IOException {
        Path place = Files.createDirectory(folder.resolve("statements"));
        Path gathered = Disk.temporary(place);
        Files.writeString(Files.createDirectory(gathered).resolve("old.csv"), "half");

        disk.deleteFolder(gathered);
        disk.deleteFolder(gathered);
        assertThat(gathered).doesNotExist();

        disk.createDirectories(gathered);
        disk.writeUnsynced(gathered.resolve("new.csv"), "whole".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> disk.writeUnsynced(gathered.resolve("new.csv"), new byte[0]))
                .isInstanceOf(FileAlreadyExistsException.class);
        disk.moveFolder(gathered, place);
        assertThat(place.resolve("new.csv")).hasContent("whole");
        assertThat(folder.toFile().list()).containsExactly("statements");
    }

    /// Longer than what goes by way of the machine's cache, in pieces of every kind of length.
    @Test
    void aLongReplacementHoldsWhatWasWritten() throws IOException {
        Random random = new Random(7);
        for (int bytes : new int[] {ContentOutput.PIECE_BYTES, 2_097_152, 3_145_729, 9_000_001}) {
            byte[] content = new byte[bytes];
            random.nextBytes(content);
            Path file = folder.resolve("allocations.csv");
            try (Disk.Replacement replacement = disk.replacementUnsynced(file)) {
                for (int at = 0; at < bytes; ) {
                    int count = Math.min(bytes - at, 1 + random.nextInt(3 * MOST_AT_ONCE));
                    replacement.out().write(content, at, count);
                    if (random.nextInt(10) == 0) {
                        replacement.out().flush();
                    }
                    at += count;
                }
                replacement.commit();
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(content);
        }
    }

    @Test
    void manyPrivateFilesAreInPlaceTogetherAndOnlyTheirOwnerReadsThem() throws IOException {
        SortedMap<Path, Disk.Content> files = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            files.put(folder.resolve(i + ".key"), out -> out.write(number));
        }
        disk.replaceAllPrivate(files);
        for (int i = 0; i < 50; i++) {
            Path file = folder.resolve(i + ".key");
            assertThat(Files.readAllBytes(file)).containsExactly(i);
            assertThat(mode(file)).isEqualTo("rw-------");
        }
        assertThat(folder.toFile().list()).hasSize(50);
    }

    @Test
    void oneOfManyPrivateFilesThatFailsIsSaid() {
        SortedMap<Path, Disk.Content> files = new TreeMap<>();
        files.put(folder.resolve("a.key"), out -> out.write(1));
        files.put(
                folder.resolve("b.key"),
                _ -> {
                    throw new IOException("No space left on device");
                });
        assertThatThrownBy(() -> disk.replaceAllPrivate(files))
                .hasMessage("No space left on device");
        assertThat(folder.resolve("b.key")).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsToldWithTheFile() throws IOException {
        Path full = Path.of("/dev/full"); // a device that has no room, of Linux alone
        try (Disk.Appender appender = disk.append(full)) {
            assertThatThrownBy(() -> appender.write(bytes("one")))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageStartingWith("/dev/full: ");
        }
    }

    @Test
    void aReplacementStartsAnewOverWhatACrashLeft() throws IOException {
        Path file = folder.resolve("summary.json");
        Files.writeString(Disk.temporary(file), "half of an old one");
        disk.replace(file, out -> out.write('1'));
        assertThat(file).hasContent("1");
        assertThat(folder.toFile().list()).containsExactly("summary.json");
    }

    @Test
    void aFolderThatIsMissingIsNamedAndNotTheFileInPassing() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> disk.replace(missing.resolve("file"), out -> {}))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing.toString());
    }

    @Test
    void aPrivateFileIsItsOwnersOnlyFromTheStart() throws IOException {
        Path file = folder.resolve("seed");
        Path temporary = Disk.temporary(file);
        Files.writeString(temporary, "left by a crash, for all to read");
        disk.replacePrivate(file, out -> assertThat(mode(temporary)).isEqualTo("rw-------"));
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void foldersAreMadeDownToTheLastAndFilesRemoved() throws IOException {
        Path deep = folder.resolve("a/b/c");
        disk.createDirectories(deep);
        disk.createDirectories(deep);
        assertThat(deep).isDirectory();
        disk.replace(deep.resolve("file"), out -> {});
        disk.delete(deep.resolve("file"));
        disk.delete(deep.resolve("file"));
        assertThat(deep).isEmptyDirectory();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
