package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Four real validators, each a CometBFT and a node, under load, of which some fail.
class NetworkTest {
    @TempDir private Path folder;

    @Test
    void aNodeIsKilledAndRestartedThenLosesItsDiskAndTheOthersGoOn() throws Exception {
        try (Network network = Scenario.begin(folder.resolve("network"), 4);
                Load load = Scenario.load(network)) {
            load.awaitMore(100);
            network.kill(4);
            load.awaitMore(100);
            network.start(4);
            load.awaitMore(50);
            network.awaitHeight(network.findHeight(1).orElseThrow(), 4);

            network.kill(4);
            network.wipe(4);
            load.awaitMore(50);
            network.start(4);
            network.awaitHeight(network.findHeight(1).orElseThrow(), 4);
            Scenario.finish(network, load);
            Headers.check(network);
            Scenario.check(network, load);
        }
    }

    @Test
    void withoutTwoOfFourItHaltsAndNothingAcknowledgedIsLost() throws Exception {
        try (Network network = Scenario.begin(folder.resolve("network"), 4);
                Load load = Scenario.load(network)) {
            load.awaitMore(100);
            network.kill(3, 4);
            long height = settled(network);
            Thread.sleep(5_000);
            assertThat(network.findHeight(1).orElseThrow()).isEqualTo(height);
            assertThat(network.findHeight(2).orElseThrow()).isEqualTo(height);
            network.start(3, 4);
            load.awaitMore(100);
            Scenario.end(network, load);
        }
    }

    /// What a block that was decided before the two went adds comes within a moment.
    private static long settled(Network network) throws InterruptedException {
        Thread.sleep(2_000);
        return Math.max(network.findHeight(1).orElseThrow(), network.findHeight(2).orElseThrow());
    }
}
