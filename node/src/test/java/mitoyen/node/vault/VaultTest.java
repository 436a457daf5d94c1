package mitoyen.node.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mitoyen.consensus.disk.RealDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the vault's file is kept (decision 0007).
class VaultTest {
    /// SQLite's word for a commit that syncs the folder too.
    private static final int EXTRA = 3;

    @TempDir private Path folder;

    @BeforeEach
    void make() throws IOException {
        Vault.open(folder, new RealDisk()).close();
    }

    @Test
    void a_commit_syncs_the_folder_that_its_journal_leaves() throws IOException {
        try (Vault vault = Vault.open(folder, new RealDisk())) {
            assertThat(vault.pragma("synchronous")).isEqualTo(EXTRA);
        }
    }

    @Test
    void reading_writes_nothing_beside_a_file_that_says_it_has_a_log() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(vault().toFile(), "rw")) {
            file.seek(18);
            file.write(new byte[] {2, 2});
        }
        assertThatReadingIsRefused();
        assertThat(files()).containsExactly("vault.sqlite");
    }

    @Test
    void reading_writes_nothing_beside_a_log_that_someone_left() throws IOException {
        Files.write(folder.resolve("vault.sqlite-wal"), new byte[512]);
        assertThatReadingIsRefused();
        assertThat(files()).containsExactly("vault.sqlite", "vault.sqlite-wal");
    }

    private void assertThatReadingIsRefused() {
        assertThatThrownBy(() -> Vault.find(folder, new RealDisk()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(vault() + ": kept otherwise");
    }

    private Path vault() {
        return folder.resolve("vault.sqlite");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
