package mitoyen.node.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
}
