package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mitoyen.node.cometbft.CometBinary;
import mitoyen.node.cometbft.CometHome;
import mitoyen.node.testnet.Member;
import mitoyen.simulator.workload.Street;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A validator behind a sentry, set up as `docs/operating.md` says it, on a real network whose
/// other nodes tell each other of all that they know.
class SentryTest {
    private static final int HIDDEN = 1;
    private static final int SENTRY = 4;
    private static final Pattern PEERS = Pattern.compile("persistent_peers = \"([^\"]*)\"");
    private static final int PAYMENTS = 6;

    @TempDir private Path folder;

    /// With three votes of one power each of them is needed: without the hidden one, no block.
    @Test
    void aValidatorIsReachedByItsSentryAloneAndVotes() throws Exception {
        try (Network network = Network.create(folder.resolve("net"), 3, 1, new Street(4, 6, 64))) {
            Map<Integer, String> ids = ids(network);
            String hidden = ids.get(HIDDEN);
            configure(network, HIDDEN, List.of(SENTRY), "pex = false");
            configure(network, 2, List.of(3, SENTRY), "pex = true");
            configure(network, 3, List.of(2, SENTRY), "pex = true");
            configure(
                    network,
                    SENTRY,
                    List.of(HIDDEN, 2, 3),
                    "pex = true\nprivate_peer_ids = \"" + hidden + "\"");
            network.start();
            network.openAccounts();
            long now = System.currentTimeMillis();
            for (Street.Sent sent : network.street().transfers(PAYMENTS, 1, now)) {
                Network.until("it is done", () -> network.send(2, sent), Network.Answer::isDone);
                assertThat(network.listPeers(HIDDEN)).containsExactly(ids.get(SENTRY));
                assertThat(network.listPeers(2)).isNotEmpty().doesNotContain(hidden);
                assertThat(network.listPeers(3)).isNotEmpty().doesNotContain(hidden);
                assertThat(network.listPeers(SENTRY)).contains(hidden);
            }
            network.awaitHeight(network.height(2));
            network.kill(SENTRY);
            network.start(SENTRY);
            network.awaitAccepting(SENTRY);
            assertThat(addressBook(network, 2)).doesNotContain(hidden);
            assertThat(addressBook(network, 3)).doesNotContain(hidden);
            network.stop();
            Ledgers.check(network, Map.of());
        }
    }

    /// What a node wrote down of the others that it heard of.
    private static String addressBook(Network network, int number) throws IOException {
        Path file = network.member(number).cometbft().resolve("config/addrbook.json");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static void configure(Network network, int number, List<Integer> peers, String pex)
            throws IOException {
        Path file = toml(network.member(number));
        Map<Integer, String> all = peers(network);
        String named = peers.stream().map(all::get).collect(Collectors.joining(","));
        Files.writeString(
                file,
                PEERS.matcher(Files.readString(file))
                        .replaceFirst("persistent_peers = \"" + named + "\"")
                        .replace("pex = false", pex));
    }

    private static Map<Integer, String> ids(Network network) throws IOException {
        Path binary = CometBinary.find(Optional.empty());
        Map<Integer, String> ids = new TreeMap<>();
        for (int number = 1; number <= network.size(); number++) {
            ids.put(number, new CometHome(binary, network.member(number).cometbft()).id());
        }
        return ids;
    }

    /// All nodes as the others' settings name them, by number.
    private static Map<Integer, String> peers(Network network) throws IOException {
        Map<Integer, String> peers = new TreeMap<>();
        ids(network)
                .forEach((number, id) ->
                        peers.put(number, id + "@127.0.0.1:" + network.member(number).peerPort()));
        return peers;
    }

    private static Path toml(Member member) {
        return member.cometbft().resolve("config/config.toml");
    }
}
