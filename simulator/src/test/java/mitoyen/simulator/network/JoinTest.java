package mitoyen.simulator.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mitoyen.simulator.workload.Street;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody joins a network that is there, as `docs/operating.md` says it.
class JoinTest {
    @TempDir private Path folder;

    @Test
    void aReplicaFetchesAllIsSeatedByTheCouncilVotesAndLeaves() throws Exception {
        try (Network network = Network.create(folder.resolve("net"), 3, 1, new Street(4, 6, 64))) {
            network.start(1, 2, 3);
            network.openAccounts();
            pay(network, 2, 5);
            Newcomer newcomer =
                    Newcomer.join(
                            network, folder, 4, Newcomer.peersOf(network.member(1)), List.of());
            network.start(4);
            network.awaitHeight(network.height(1), 4);

            newcomer.seat(10);
            network.awaitPower(10, 4);
            // With one of three gone the fourth vote is needed: 3 of 4, and not 2 of 3.
            network.kill(3);
            pay(network, 1, 3);
            network.start(3);
            network.awaitHeight(network.height(1), 3);

            newcomer.seat(0);
            network.awaitPower(0, 4);
            network.kill(4);
            pay(network, 1, 3);
            network.start(4);
            network.awaitHeight(network.height(1));
            network.stop();
            Ledgers.check(network, Map.of());
        }
    }

    static void pay(Network network, int number, int count) throws Exception {
        long now = System.currentTimeMillis();
        for (Street.Sent transfer : network.street().transfers(count, 1, now)) {
            Network.until(
                    "a transfer is done",
                    () -> network.send(number, transfer),
                    Network.Answer::isDone);
        }
    }
}
