package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import mitoyen.simulator.workload.Street;

/// How every scenario begins and ends.
final class Scenario {
    private static final int ACCOUNTS = 16;
    private static final int LANES = 64;
    private static final int SENDERS = 8;
    private static final int MANY = 20_000;
    private static final long SEED = 5;

    private Scenario() {}

    /// The files of a network.
    static Network make(Path folder, int validators, int replicas) throws Exception {
        return Network.create(folder, validators, replicas, new Street(ACCOUNTS, SEED, LANES));
    }

    /// A network that runs, its accounts open.
    static Network begin(Path folder, int validators) throws Exception {
        Network network = make(folder, validators, 0);
        try {
            network.start();
            network.openAccounts();
            return network;
        } catch (Exception failure) {
            network.close();
            throw failure;
        }
    }

    /// Senders over all nodes.
    static Load load(Network network) {
        List<Street.Sent> transfers =
                network.street().transfers(MANY, 1, System.currentTimeMillis());
        return new Load(network, SENDERS, transfers);
    }

    /// Waits until a node has all that the first one has.
    static void awaitCurrent(Network network, int number) throws Exception {
        network.awaitHeight(network.height(1), number);
    }

    /// Lets what was begun come to its end, on all nodes.
    static void finish(Network network, Load load) throws Exception {
        load.finish();
        for (int number = 1; number <= network.size(); number++) {
            awaitCurrent(network, number);
        }
    }

    /// Lets what was begun come to its end, and holds the nodes' ledgers against each other.
    static void end(Network network, Load load) throws Exception {
        finish(network, load);
        check(network, load);
    }

    /// Stops the nodes, and holds their ledgers against each other.
    static void check(Network network, Load load) throws Exception {
        network.stop();
        assertThat(load.refused()).allMatch(each -> each.contains("LANE_PASSED"));
        Ledgers.check(network, load.acknowledged());
    }
}
