package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.api.Anew;
import mitoyen.node.api.RunningNode;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.configuration.NodeFile;
import mitoyen.node.input.Refused;
import mitoyen.node.settlement.Archive;
import mitoyen.node.testnet.Member;
import mitoyen.simulator.files.Folders;
import mitoyen.simulator.workload.Street;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Somebody joins a network from a snapshot of others, as `docs/operating.md` says it.
class StateSyncTest {
    private static final int SNAPSHOT_BLOCKS = 4;

    @TempDir private Path folder;

    @Test
    void aReplicaBeginsFromASnapshotIsSeatedAndVotesAndAnotherBeginsFromIt() throws Exception {
        // CE-13 to CE-16
        try (Network network = Network.create(folder.resolve("net"), 3, 2, new Street(4, 6, 64))) {
            for (int number = 1; number <= 3; number++) {
                takeSnapshotsOften(network, number);
            }
            network.start(1, 2, 3);
            network.openAccounts();
            Path older = folder.resolve("older");
            Folders.copy(Archive.ledger(network.member(1).data()), older);
            JoinTest.pay(network, 2, 2 * SNAPSHOT_BLOCKS + 1);
            Newcomer first = begin(network, 4, Newcomer.peersOf(network.member(1)));
            assertThat(keptFrom(network, 4)).isGreaterThan(1);

            first.seat(10);
            network.awaitPower(10, 4);
            // With one of three gone the fourth vote is needed: 3 of 4, and not 2 of 3.
            network.kill(3);
            JoinTest.pay(network, 4, SNAPSHOT_BLOCKS + 1);
            network.start(3);
            network.awaitHeight(network.height(1), 1, 2, 3, 4);

            begin(network, 5, Newcomer.address(network.member(4)));
            assertThat(keptFrom(network, 5)).isGreaterThan(keptFrom(network, 4));
            JoinTest.pay(network, 5, 1);
            putBack(network, 5, older);
            network.awaitHeight(network.height(5));
            network.stop();
            String expected = rootOf(network, 1);
            for (int number = 2; number <= network.size(); number++) {
                assertThat(rootOf(network, number)).as("node %d", number).isEqualTo(expected);
            }
        }
    }

    /// Has a newcomer begin from a snapshot, and come as far as the others.
    private Newcomer begin(Network network, int number, String peers) throws Exception {
        JsonNode latest = network.await(1, "light/latest");
        String trust =
                latest.path("engineHeight").asString() + ":" + latest.path("hash").asString();
        Newcomer newcomer =
                Newcomer.join(
                        network,
                        folder,
                        number,
                        peers,
                        List.of(
                                "--sync-from",
                                network.member(1).address() + "," + network.member(2).address(),
                                "--trust",
                                trust));
        takeSnapshotsOften(network, number);
        network.start(number);
        network.awaitHeight(network.height(1), number);
        network.awaitAccepting(number);
        return newcomer;
    }

    /// Ledgers of others beside a CometBFT that began from a snapshot: its blocks do not reach back
    /// to an older one, nor as far as a newer one. The node says so and changes nothing; taken
    /// anew, the ledger goes on.
    private static void putBack(Network network, int number, Path older) throws Exception { // CE-21
        network.stop(number);
        JoinTest.pay(network, 1, 1);
        Member member = network.member(number);
        refuses(member, Archive.ledger(network.member(1).data()), "end");
        refuses(member, older, "begin");
        Anew.giveUp(NodeFile.read(member.configuration()), new RealDisk());
        network.start(number);
        JoinTest.pay(network, number, 1);
    }

    private static void refuses(Member member, Path other, String how) throws Exception {
        Path ledger = Archive.ledger(member.data());
        Folders.delete(ledger);
        Folders.delete(Archive.snapshots(member.data()));
        Folders.copy(other, ledger);
        List<Hash> blocks = Ledgers.hashes(member);
        NodeConfiguration configuration = NodeFile.read(member.configuration());
        assertThatThrownBy(() -> start(configuration).close())
                .isInstanceOf(Refused.class)
                .hasMessageMatching(
                        ".*cometbft: the ledger ends at CometBFT's block [0-9]+, and CometBFT's"
                                + " blocks "
                                + how
                                + " at [0-9]+: .*; start the node with --anew: .*");
        assertThat(Ledgers.hashes(member)).as("the ledger is left alone").isEqualTo(blocks);
    }

    private static RunningNode start(NodeConfiguration configuration) throws Exception {
        return RunningNode.start(
                configuration, new RealDisk(), new SecureRandom(), InstantSource.system());
    }

    private static void takeSnapshotsOften(Network network, int number) throws IOException {
        Files.writeString(
                network.member(number).configuration(),
                "snapshot-blocks: " + SNAPSHOT_BLOCKS + "\n",
                StandardOpenOption.APPEND);
    }

    private static long keptFrom(Network network, int number) throws Exception {
        return network.await(number, "status").path("keptFrom").asLong();
    }

    private static String rootOf(Network network, int number) {
        String line = network.verify(number);
        Matcher said = Pattern.compile("0 OK (blocks=\\d+) .*(root=[0-9a-f]{64})").matcher(line);
        assertThat(said.find()).as(line).isTrue();
        return said.group(1) + " " + said.group(2);
    }
}
