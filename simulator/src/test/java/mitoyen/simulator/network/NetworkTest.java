package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
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
            network.awaitHeight(network.height(1), 4);

            network.kill(4);
            network.wipe(4);
            load.awaitMore(50);
            network.start(4);
            network.awaitHeight(network.height(1), 4);
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
            assertThat(network.height(1)).isEqualTo(height);
            assertThat(network.height(2)).isEqualTo(height);
            network.start(3, 4);
            load.awaitMore(100);
            Scenario.end(network, load);
        }
    }

    /// What a block that was decided before the two went adds comes within a moment: on a busy
    /// machine later, and to one before the other.
    private static long settled(Network network) throws Exception {
        return Network.until("two stand still", () -> heights(network), both -> both.size() == 1)
                .first();
    }

    /// The heights that the first two say they have in the course of some seconds.
    private static SortedSet<Long> heights(Network network)
            throws IOException, InterruptedException {
        SortedSet<Long> heights = new TreeSet<>();
        for (int look = 0; look < 30; look++) {
            heights.add(network.height(1));
            heights.add(network.height(2));
            Thread.sleep(100);
        }
        return heights;
    }
}
