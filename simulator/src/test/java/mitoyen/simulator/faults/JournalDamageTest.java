package mitoyen.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mitoyen.consensus.Block;
import mitoyen.consensus.journal.JournalException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A ledger that someone, or time, has changed: the reader says where (`JO-11`).
class JournalDamageTest {
    private static final LedgerRun LEDGER = new LedgerRun(4);

    @TempDir private Path folder;

    @BeforeEach
    void write() throws IOException {
        LEDGER.run(FaultyDisk.sound(), folder, 5, new ArrayList<>());
        assertThat(LedgerRun.read(folder)).hasSize(LEDGER.blocks());
        assertThat(LedgerRun.files(folder)).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x80})
    void anyChangedByteOfAnyFileIsFound(int mask) throws IOException {
        for (String name : LedgerRun.files(folder).keySet()) {
            Path file = folder.resolve(name);
            byte[] sound = Files.readAllBytes(file);
            for (int at = 0; at < sound.length; at++) {
                byte[] changed = sound.clone();
                changed[at] ^= (byte) mask;
                Files.write(file, changed);
                assertThatThrownBy(() -> LedgerRun.read(folder))
                        .as("%s, byte %d", name, at)
                        .isInstanceOf(JournalException.class);
            }
            Files.write(file, sound);
        }
    }

    @Test
    void aFileCutAtAnyLengthIsFoundOrIsAShorterLedger() throws IOException {
        List<Block> all = LedgerRun.read(folder);
        Path lastFile = lastSegment();
        int shorter = 0;
        for (String name : LedgerRun.files(folder).keySet()) {
            Path file = folder.resolve(name);
            byte[] sound = Files.readAllBytes(file);
            for (int length = 0; length < sound.length; length++) {
                Files.write(file, Arrays.copyOf(sound, length));
                if (isRefused()) {
                    continue;
                }
                assertThat(file).as("cut at %d", length).isEqualTo(lastFile);
                assertThat(LedgerRun.read(folder))
                        .hasSizeLessThan(all.size())
                        .isEqualTo(all.subList(0, LedgerRun.read(folder).size()));
                shorter++;
            }
            Files.write(file, sound);
        }
        int inLastFile = all.size() - Integer.parseInt(digits(lastFile)) + 1;
        assertThat(shorter).isEqualTo(inLastFile);
    }

    @Test
    void bytesAfterTheEndOfAnyFileAreFound() throws IOException {
        for (String name : LedgerRun.files(folder).keySet()) {
            Path file = folder.resolve(name);
            byte[] sound = Files.readAllBytes(file);
            for (int extra : new int[] {1, 11, 12, 13, 600}) {
                Files.write(file, Arrays.copyOf(sound, sound.length + extra));
                assertThat(isRefused()).as("%s and %d bytes", name, extra).isTrue();
            }
            Files.write(file, sound);
        }
    }

    @Test
    void anyMissingFileButTheLastIsFound() throws IOException {
        for (String name : LedgerRun.files(folder).keySet()) {
            if (folder.resolve(name).equals(lastSegment())) {
                continue;
            }
            byte[] sound = Files.readAllBytes(folder.resolve(name));
            Files.delete(folder.resolve(name));
            assertThat(isRefused()).as(name).isTrue();
            Files.write(folder.resolve(name), sound);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes.txt",
                ".DS_Store",
                "blocks-1.journal",
                "blocks-00000099.journal",
                "blocks-000000001.journal",
                "blocks-00000000.journal",
                "blocks-99999999999999999999.journal",
                ".genesis.cbor.new",
                ".blocks-00000001.journal.new"
            })
    void aFileTooManyIsFound(String name) throws IOException { // JO-5
        Files.writeString(folder.resolve(name), "anything");
        assertThatThrownBy(() -> LedgerRun.read(folder))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(name);
    }

    @Test
    void aFolderOrALinkAmongTheFilesIsFound() throws IOException {
        Files.createDirectory(folder.resolve("blocks-00000099.journal"));
        assertThatThrownBy(() -> LedgerRun.read(folder)).hasMessageContaining("plain file");
        Files.delete(folder.resolve("blocks-00000099.journal"));
        Files.createSymbolicLink(
                folder.resolve("blocks-00000099.journal"), folder.resolve("genesis.cbor"));
        assertThatThrownBy(() -> LedgerRun.read(folder)).hasMessageContaining("plain file");
    }

    /// The writer drops what a crash explains, and nothing else: rot inside the last file must not
    /// cost the blocks behind it.
    @Test
    void aChangedByteIsNeverTakenForATornEnd() throws IOException {
        for (String name : LedgerRun.files(folder).keySet()) {
            Path file = folder.resolve(name);
            byte[] sound = Files.readAllBytes(file);
            for (int at = 0; at < sound.length; at++) {
                byte[] changed = sound.clone();
                changed[at] ^= 0x10;
                Files.write(file, changed);
                assertThatThrownBy(
                                () -> LEDGER.run(FaultyDisk.sound(), folder, 1, new ArrayList<>()))
                        .as("%s, byte %d", name, at)
                        .isInstanceOf(JournalException.class);
                assertThat(Files.readAllBytes(file)).isEqualTo(changed);
            }
            Files.write(file, sound);
        }
    }

    private boolean isRefused() throws IOException {
        try {
            LedgerRun.read(folder);
            return false;
        } catch (JournalException damaged) {
            return true;
        }
    }

    private Path lastSegment() throws IOException {
        return folder.resolve(LedgerRun.files(folder).headMap("genesis").lastKey());
    }

    private static String digits(Path segment) {
        return segment.getFileName().toString().replaceAll("\\D", "");
    }
}
