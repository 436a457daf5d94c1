package mitoyen.node.cometbft;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is no genesis of a shared ledger.
final class CometGenesisTest {
    @TempDir private Path folder;

    @Test
    void isRefusedInOneLineThatNamesThePlace() throws IOException {
        Path file = Files.writeString(folder.resolve("genesis.json"), "{\n  \"app_state\" 1}");
        assertThatThrownBy(() -> CometGenesis.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        file
                                + ": not the genesis.json of a shared ledger: not JSON that can be"
                                + " read on at line 2, column 15: ")
                .hasMessageEndingWith("; take the one that its founders gave")
                .hasMessageNotContaining("Source");
    }
}
