package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Genesis;
import mitoyen.simulator.workload.Street;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other rules are switched on at a height while a network is under load (LE-155), as
/// `docs/operating.md` says it.
class UpgradeTest {
    /// Some seconds of a network under load.
    private static final int AHEAD = 30;

    @TempDir private Path folder;

    @Test
    void theCouncilSwitchesARunningNetworkOver() throws Exception {
        Street street = new Street(16, 7, 64);
        street.moveTo(ofVersion2(street.genesis()));
        try (Network network = Network.create(folder.resolve("net"), 4, 0, street)) {
            network.start(1, 2, 3, 4);
            network.openAccounts();
            Map<ByteString, Long> acknowledged = new TreeMap<>();
            long height;
            try (Load load = Scenario.load(network)) {
                load.awaitMore(200);
                // One of four is away while the switch comes, and catches up over it.
                network.kill(4);
                load.sendTo(1, 2, 3);
                height = network.height(1) + AHEAD;
                activate(network, height);
                // What waits is of the old version: nothing is left for a block of the new one.
                network.awaitHeight(height - 1, 1, 2, 3);
                Network.until(
                        "the old version is refused",
                        () -> load.refused().size(),
                        size -> size >= 20);
                load.finish();
                assertThat(load.refused()).allMatch(each -> each.contains("FOR_ANOTHER_VERSION"));
                acknowledged.putAll(load.acknowledged());
            }
            assertThat(acknowledged.values()).allMatch(each -> each < height);

            street.moveTo(3);
            network.start(4);
            try (Load load = Scenario.load(network)) {
                load.awaitMore(200);
                network.awaitHeight(height + AHEAD);
                Scenario.finish(network, load);
                assertThat(load.refused()).allMatch(each -> each.contains("LANE_PASSED"));
                // One that was sent twice is answered without a height.
                assertThat(load.acknowledged().values())
                        .allMatch(each -> each == 0 || each >= height);
                acknowledged.putAll(load.acknowledged());
            }
            network.stop();
            Ledgers.check(network, acknowledged);
        }
    }

    private void activate(Network network, long height) throws Exception {
        Path file = folder.resolve("activate.yaml");
        Files.writeString(
                file,
                """
                sender: %s
                steps:
                  - activate: {version: 3, height: %d, parameters: {}}
                """
                        .formatted(
                                network.street()
                                        .genesis()
                                        .governance()
                                        .orElseThrow()
                                        .councilAccount(),
                                height));
        Newcomer.sendOfCouncil(network, file);
    }

    private static Genesis ofVersion2(Genesis newest) {
        return new Genesis(
                newest.name(), newest.founder(), 2, newest.parameters(), newest.assets());
    }
}
