package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.machine.State;
import mitoyen.node.api.Anew;
import mitoyen.node.api.RunningNode;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.configuration.NodeFile;
import mitoyen.node.input.Refused;
import mitoyen.node.settlement.Archive;
import mitoyen.node.snapshot.StateAfter;
import mitoyen.simulator.workload.Street;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node whose state is another than that of the others.
class DivergenceTest {
    @TempDir private Path folder;

    @Test
    void aNodeWhoseMemoryWasAlteredHaltsWithBothRootsAndTheFirstKeyAndTheOthersGoOn() // CE-17
            throws Exception {
        try (Network network = Network.create(folder.resolve("net"), 3, 1, new Street(4, 6, 64))) {
            long diverged;
            network.start(1, 2, 3);
            network.openAccounts();
            JoinTest.pay(network, 1, 1);
            long before = network.height(1);
            try (RunningNode altered = start(NodeFile.read(network.member(4).configuration()))) {
                network.awaitHeight(before, 4);
                network.awaitAccepting(4);
                Field state = field(application(altered), "state");
                State old = (State) state.get(application(altered));
                JoinTest.pay(network, 1, 1);
                network.awaitHeight(before + 1, 4);
                // The last block never happened here.
                state.set(application(altered), old);
                JoinTest.pay(network, 1, 1);
                String said =
                        Network.until(
                                "node 4 says why it halted",
                                () -> live(network),
                                found -> found.contains("the first key that differs"));
                assertThat(said)
                        .contains("block " + (before + 2) + ": this node has the root ")
                        .contains(", and validators signed ")
                        .contains("executed again from the disk it gives what validators signed")
                        .contains("the first key that differs is accounts ");
                assertThat(said).contains("what it has is kept in ");
                JoinTest.pay(network, 2, 2);
                assertThat(network.height(3)).isGreaterThan(before + 2);
                diverged = before + 2;
            }
            network.kill(3);
            nameTheKey(network, diverged);
            takeAnew(network);
        }
    }

    /// What `verify --against` says of the halted node and of one that goes on, and of that one and
    /// the state that the halted one kept.
    private static void nameTheKey(Network network, long height) { // CE-18
        Path sound = network.member(3).data();
        Path halted = network.member(4).data();
        Path kept = StateAfter.ofDivergence(Archive.snapshots(halted), height);
        String first = "block " + height + " is the first that differs: the state after it";
        String right = "; executed again, it gives what " + sound + " says; ";
        assertThat(Network.run("verify", halted.toString(), "--against", sound.toString()))
                .startsWith("1 " + first)
                .contains(right + "the first key that differs is accounts ")
                .endsWith(" in " + sound);
        assertThat(Network.run("verify", sound.toString(), "--against", kept.toString()))
                .startsWith("1 " + first)
                .contains(right + "the first key that differs is accounts ")
                .endsWith(" in " + kept);
    }

    /// What the halted node wrote holds under no program; it says what to do, and that helps.
    private static void takeAnew(Network network) throws Exception { // CE-20
        NodeConfiguration halted = NodeFile.read(network.member(4).configuration());
        assertThatThrownBy(() -> start(halted))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(", executed again, gives the state hash ")
                .hasMessageContaining("start the node with --anew");
        Anew.giveUp(halted, new RealDisk());
        network.start(3, 4);
        JoinTest.pay(network, 4, 1);
        network.stop();
        assertThat(network.verify(4)).isEqualTo(network.verify(3));
    }

    private static RunningNode start(NodeConfiguration node) throws Exception {
        return RunningNode.start(node, new RealDisk(), new SecureRandom(), InstantSource.system());
    }

    /// What the node answers whether it lives.
    private static String live(Network network) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(
                                            network.member(4).address().resolve("health/live"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    /// What holds the state in memory, found from the outside: no program of ours alters it.
    private static Object application(RunningNode node) throws ReflectiveOperationException {
        Object at = node;
        for (String name : new String[] {"ordering", "bundler", "ledger", "application"}) {
            at = field(at, name).get(at);
        }
        return at;
    }

    private static Field field(Object holder, String name) throws NoSuchFieldException {
        Field field = holder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
