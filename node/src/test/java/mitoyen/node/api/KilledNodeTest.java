package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.Mitoyen;
import mitoyen.node.running.CommittedBlock;
import mitoyen.node.running.CommittedBlock.Outcome;
import mitoyen.node.running.RunningLedger;
import mitoyen.node.running.Street;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The real program in a process of its own, under load over HTTP, killed at moments drawn by lot:
/// what it answered is there after each start, and nothing twice.
class KilledNodeTest {
    private static final int KILLS = System.getProperty("long") == null ? 10 : 50;
    private static final int SENDERS = 4;
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;
    private static final Pattern ADDRESS = Pattern.compile("Answering at (http://\\S+/)api");

    private final Genesis genesis = Street.genesis();
    private final Street street = new Street(genesis);
    private final ConcurrentSkipListSet<String> acknowledged = new ConcurrentSkipListSet<>();
    private final AtomicInteger next = new AtomicInteger();

    @TempDir private Path folder;

    @Test
    void whatANodeAnsweredSurvivesEveryKillAndNothingIsThereTwice() throws Exception {
        write();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(kill);
            Load load = new Load(address(kill));
            load.awaitAnswers(1);
            assertThat(process.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS)).isFalse();
            process.destroyForcibly();
            assertThat(process.waitFor()).as("seed %d", seed).isEqualTo(KILLED);
            load.end();
        }
        Process last = start(KILLS);
        URI address = address(KILLS);
        Load load = new Load(address);
        load.awaitAnswers(20);
        for (String id : List.copyOf(acknowledged).subList(0, 10)) {
            assertThat(get(address.resolve("/api/v1/transactions/" + id)).path("answer"))
                    .as("seed %d, %s", seed, id)
                    .hasToString("\"accepted\"");
        }
        last.destroy();
        assertThat(last.waitFor()).as("a graceful stop").isEqualTo(TERMINATED);
        load.end();
        assertThat(acceptedOnDisk())
                .as("seed %d", seed)
                .allSatisfy((id, times) -> assertThat(times).as(id).isEqualTo(1))
                .containsKeys(acknowledged.toArray(String[]::new));
        assertThat(acknowledged).hasSizeGreaterThan(2 * KILLS);
    }

    private SortedMap<String, Integer> acceptedOnDisk() throws IOException {
        Path ledger = folder.resolve("node/ledger");
        SortedMap<String, Integer> accepted = new TreeMap<>();
        try (var opened =
                RunningLedger.open(
                        new RealDisk(),
                        ledger,
                        folder.resolve("node/snapshots"),
                        10_000,
                        genesis)) {
            opened.history().read(1, opened.height(), each -> count(each, accepted));
        }
        return accepted;
    }

    private static void count(CommittedBlock block, SortedMap<String, Integer> accepted) {
        for (CommittedBlock.Entry entry : block.entries()) {
            if (entry.outcome() instanceof Outcome.Accepted) {
                accepted.merge(entry.id().orElseThrow(), 1, Integer::sum);
            }
        }
    }

    private void write() throws IOException {
        Files.write(folder.resolve("genesis.cbor"), genesis.toBytes());
        Files.writeString(
                folder.resolve("node.yaml"),
                """
                version: 1
                folder: node
                genesis: genesis.cbor
                http: {port: 0}
                """);
    }

    private Process start(int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Mitoyen.class.getName(),
                        "node",
                        "--config",
                        folder.resolve("node.yaml").toString())
                .redirectErrorStream(true)
                .redirectOutput(log(number))
                .start();
    }

    private File log(int number) {
        return folder.resolve("node-" + number + ".log").toFile();
    }

    /// Where the node says that it answers, once it does.
    private URI address(int number) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            String text = Files.readString(log(number).toPath(), StandardCharsets.UTF_8);
            Matcher said = ADDRESS.matcher(text);
            if (said.find()) {
                return URI.create(said.group(1));
            }
            Thread.sleep(50);
        }
        throw new AssertionError(Files.readString(log(number).toPath()));
    }

    private static JsonNode get(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return NodeFixture.json(
                    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()));
        }
    }

    /// Senders that send as fast as they are answered, until the node is gone.
    private final class Load {
        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final AtomicInteger answers = new AtomicInteger();
        private final List<Thread> senders = new ArrayList<>();

        Load(URI address) {
            for (int i = 0; i < SENDERS; i++) {
                senders.add(Thread.ofVirtual().start(() -> send(address)));
            }
        }

        void awaitAnswers(int count) throws InterruptedException {
            for (int i = 0; i < 6_000 && answers.get() < count; i++) {
                Thread.sleep(5);
            }
            assertThat(answers.get()).isGreaterThanOrEqualTo(count);
        }

        void end() throws InterruptedException {
            for (Thread sender : senders) {
                assertThat(sender.join(Duration.ofSeconds(30))).isTrue();
            }
            client.shutdownNow();
        }

        private void send(URI address) {
            while (true) {
                HttpRequest request =
                        HttpRequest.newBuilder(address.resolve("/api/v1/transactions"))
                                .timeout(Duration.ofSeconds(20))
                                .header("Content-Type", "application/cbor")
                                .POST(
                                        BodyPublishers.ofByteArray(
                                                street.found("c-" + next.getAndIncrement())
                                                        .toBytes()))
                                .build();
                try {
                    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                    if (answer.statusCode() != 200) {
                        return;
                    }
                    acknowledged.add(NodeFixture.json(answer).path("id").asString());
                    answers.incrementAndGet();
                } catch (IOException gone) {
                    return;
                } catch (InterruptedException stopped) {
                    throw new AssertionError(stopped);
                }
            }
        }
    }
}
