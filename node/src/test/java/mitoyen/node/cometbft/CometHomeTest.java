package mitoyen.node.cometbft;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What must be there of a CometBFT before it is started.
class CometHomeTest {
    @TempDir private Path home;

    @Test
    void aCometBftThatLostItsBlocksIsNotStartedBesideALedgerThatHasSome() throws IOException {
        assertThatCode(() -> CometHome.requireBlocks(home, 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> CometHome.requireBlocks(home, 7))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        home.resolve("data/blockstore.db") + ": is missing, and the")
                .hasMessageContaining("has 7 blocks")
                .hasMessageContaining("keep priv_validator_state.json");
        Files.createDirectories(home.resolve("data/blockstore.db"));
        assertThatCode(() -> CometHome.requireBlocks(home, 7)).doesNotThrowAnyException();
    }
}
