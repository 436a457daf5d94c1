package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import mitoyen.simulator.workload.Street;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Four real validators, each a CometBFT and a node, under load, of which some fail.
class NetworkTest {
    private static final int ACCOUNTS = 16;
    private static final int SENDERS = 8;
    private static final int MANY = 20_000;

    @TempDir private Path folder;

    @Test
    void aNodeIsKilledAndRestartedThenLosesItsDiskAndTheOthersGoOn() throws Exception {
        try (Network network = begin();
                Load load = load(network)) {
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
            end(network, load);
        }
    }

    @Test
    void withoutTwoOfFourItHaltsAndNothingAcknowledgedIsLost() throws Exception {
        try (Network network = begin();
                Load load = load(network)) {
            load.awaitMore(100);
            network.kill(3, 4);
            long height = settled(network);
            Thread.sleep(5_000);
            assertThat(network.findHeight(1).orElseThrow()).isEqualTo(height);
            assertThat(network.findHeight(2).orElseThrow()).isEqualTo(height);
            network.start(3, 4);
            load.awaitMore(100);
            end(network, load);
        }
    }

    /// What a block that was decided before the two went adds comes within a moment.
    private static long settled(Network network) throws InterruptedException {
        Thread.sleep(2_000);
        return Math.max(network.findHeight(1).orElseThrow(), network.findHeight(2).orElseThrow());
    }

    private Network begin() throws Exception {
        Network network =
                Network.create(folder.resolve("network"), 4, 0, new Street(ACCOUNTS, 5, 64));
        try {
            network.start();
            network.openAccounts();
            return network;
        } catch (Exception failure) {
            network.close();
            throw failure;
        }
    }

    private static Load load(Network network) {
        List<Street.Sent> transfers =
                network.street().transfers(MANY, 1, System.currentTimeMillis());
        return new Load(network, SENDERS, transfers);
    }

    /// Lets what was begun come to its end, and holds the ledgers against each other.
    private static void end(Network network, Load load) throws Exception {
        load.finish();
        for (int number = 1; number <= network.size(); number++) {
            network.awaitHeight(network.findHeight(1).orElseThrow(), number);
        }
        Headers.check(network);
        network.stop();
        assertThat(load.refused()).allMatch(each -> each.contains("LANE_PASSED"));
        Ledgers.check(network, load.acknowledged());
    }
}
