package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import mitoyen.node.testnet.Testnet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `testnet` and its commands as somebody types them, who watches the network in one terminal and
/// ends and starts its nodes from another.
class TestnetCommandsTest {
    private static final int NODES = 4;

    @TempDir private Path folder;

    @AfterEach
    void nothingGoesOn() {
        if (Testnet.isThere(network())) {
            testnet("stop");
        }
    }

    @Test
    void aNetworkIsMadeWatchedHurtMendedAndStopped() throws Exception {
        CompletableFuture<String> watched = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> watched.complete(testnet()));
        awaitRunning(1, 2, 3, 4);

        assertThat(testnet("kill", "2")).isEqualTo("0 ");
        String hurt = testnet("status");
        assertThat(lineOf(2, hurt)).endsWith("  stopped");
        for (int other : List.of(1, 3, 4)) {
            assertThat(lineOf(other, hurt)).contains("  process ");
        }
        assertThat(watched).isNotDone();

        assertThat(testnet("start", "2")).isEqualTo("0 ");
        String mended = awaitRunning(2);
        assertThat(testnet("start", "2")).isEqualTo("0 ");
        assertThat(processOf(2, testnet("status")))
                .as("what runs is not started twice")
                .isEqualTo(processOf(2, mended));

        for (String command : List.of("kill", "start")) {
            assertThat(testnet(command, "5"))
                    .startsWith("2 ")
                    .contains(": there is no node 5; name one from 1 to " + NODES + "; see ");
        }

        assertThat(testnet("stop")).isEqualTo("0 ");
        assertThat(watched.get(1, TimeUnit.MINUTES))
                .as("whoever watches is told the end")
                .startsWith("0 node1  validator  http://127.0.0.1:")
                .containsPattern("\nThe founder's key: \\S+\n")
                .containsPattern("\nThe council, of the operators' keys: mit1[0-9a-z]+\n")
                .contains("\nStop with Ctrl-C.\n");
        String stopped = testnet("status");
        for (int number = 1; number <= NODES; number++) {
            assertThat(lineOf(number, stopped)).endsWith("  stopped");
        }
    }

    /// Waits until nodes run and their CometBFT answers.
    private String awaitRunning(int... numbers) throws Exception {
        return Network.until(
                "nodes run",
                () -> testnet("status"),
                said -> {
                    for (int number : numbers) {
                        if (!lineOf(number, said).contains(", CometBFT at block ")) {
                            return false;
                        }
                    }
                    return said.startsWith("0 ");
                });
    }

    private static String processOf(int number, String said) {
        var process = Pattern.compile("  process ([0-9]+), ").matcher(lineOf(number, said));
        assertThat(process.find()).as(said).isTrue();
        return process.group(1);
    }

    /// What `status` says of a node; nothing while it says nothing of it.
    private static String lineOf(int number, String said) {
        Optional<String> line =
                said.substring(2)
                        .lines()
                        .filter(each -> each.startsWith("node" + number + "  http://"))
                        .findFirst();
        return line.orElse("");
    }

    private String testnet(String... command) {
        String[] words = new String[command.length + 3];
        words[0] = "testnet";
        System.arraycopy(command, 0, words, 1, command.length);
        words[command.length + 1] = "--dir";
        words[command.length + 2] = network().toString();
        return Network.run(words);
    }

    private Path network() {
        return folder.resolve("net");
    }
}
