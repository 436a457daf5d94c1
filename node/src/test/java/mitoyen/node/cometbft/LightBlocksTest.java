package mitoyen.node.cometbft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mitoyen.ledger.light.LightBlock;
import mitoyen.ledger.light.LightBlockCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// LI-1, LI-2 and LI-9: light blocks made of what CometBFT answers.
final class LightBlocksTest {
    private static final Path GOLDEN =
            Path.of(System.getProperty("mitoyen.root"))
                    .resolve("ledger/src/test/resources/mitoyen/ledger/light/network.txt");

    @Test
    void everyBlockIsTheLedgersOwnVectorAndHasTheHashThatCometBftGaveIt() throws Exception {
        List<String> golden = Files.readAllLines(GOLDEN);
        try (RecordedComet comet = new RecordedComet(1);
                CometRpc rpc = new CometRpc(comet.address())) {
            LightBlocks blocks = new LightBlocks(rpc);
            for (int height = 1; height <= RecordedComet.LAST; height++) {
                LightBlock block = blocks.find(height).orElseThrow();
                assertThat(block.header().hash().toString())
                        .isEqualTo(comet.hash(height).toLowerCase(Locale.ROOT));
                assertThat(golden.get(height - 1))
                        .isEqualTo(
                                "block %d;%s",
                                height, HexFormat.of().formatHex(LightBlockCodec.encode(block)));
            }
            assertThat(heightOf(blocks.findLatest())).isEqualTo(RecordedComet.LAST);
            assertThat(blocks.find(0)).isEmpty();
            assertThat(blocks.find(15)).isEmpty();
        }
    }

    /// The heights of the ledger, and of the engine's first header above each.
    @ParameterizedTest
    @CsvSource({"0,1", "1,4", "2,6", "3,9", "4,11", "5,14", "6,0"})
    void theFirstHeaderThatCoversABlockIsFound(long height, long expected) throws Exception {
        try (RecordedComet comet = new RecordedComet(1);
                CometRpc rpc = new CometRpc(comet.address())) {
            assertThat(heightOf(new LightBlocks(rpc).findCovering(height))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,7", "2,7", "3,9", "5,14", "6,0"})
    void whereBlocksWerePrunedItIsTheFirstThatIsKept(long height, long expected) throws Exception {
        try (RecordedComet comet = new RecordedComet(7);
                CometRpc rpc = new CometRpc(comet.address())) {
            LightBlocks blocks = new LightBlocks(rpc);
            assertThat(heightOf(blocks.findCovering(height))).isEqualTo(expected);
            assertThat(blocks.find(6)).isEmpty();
            assertThat(heightOf(blocks.find(7))).isEqualTo(7);
        }
    }

    @Test
    void whereNobodyAnswersThatIsSaid() throws IOException {
        URI gone;
        try (RecordedComet comet = new RecordedComet(1)) {
            gone = comet.address();
        }
        try (CometRpc rpc = new CometRpc(gone)) {
            LightBlocks blocks = new LightBlocks(rpc);
            assertThatThrownBy(blocks::findLatest).isInstanceOf(IOException.class);
        }
    }

    private static long heightOf(Optional<LightBlock> block) {
        return block.map(found -> found.header().height()).orElse(0L);
    }
}
