package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.node.Mitoyen;
import mitoyen.node.running.CommittedBlock;
import mitoyen.node.running.CommittedBlock.Outcome;
import mitoyen.node.running.People;
import mitoyen.node.running.RunningLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The real program in a process of its own, under load over HTTP, killed at moments drawn by lot:
/// what it answered is there after each start, nothing is twice, and the total is what it was.
class KilledNodeTest {
    private static final int KILLS = 50;
    private static final int STOPS = 20;
    private static final int SENDERS = 4;

    /// So many that no bucket is filled (LE-93): each sends a part of what its sender does.
    private static final int ACCOUNTS_OF_EACH = 8;

    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;
    private static final Pattern ADDRESS = Pattern.compile("Answering at (http://\\S+/)api");

    private final Genesis genesis = People.genesis();
    private final List<People> people =
            IntStream.range(0, SENDERS).mapToObj(_ -> new People(genesis)).toList();
    private final ConcurrentSkipListSet<String> acknowledged = new ConcurrentSkipListSet<>();
    private final ConcurrentLinkedQueue<String> unasked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir private Path folder;

    @AfterEach
    void closeClient() {
        client.shutdownNow();
    }

    @Test
    void whatANodeAnsweredSurvivesEveryKillAndNothingIsThereTwice() throws Exception {
        write();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(kill);
            URI address = address(kill);
            if (kill == 0) {
                openAccounts(address);
            }
            checkAnswered(address, "seed %d, start %d".formatted(seed, kill));
            Load load = new Load(address);
            load.awaitAnswers(2);
            assertThat(process.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS)).isFalse();
            process.destroyForcibly();
            assertThat(process.waitFor()).as("seed %d", seed).isEqualTo(KILLED);
            load.end();
        }
        Process last = start(KILLS);
        URI address = address(KILLS);
        long paidCents = checkAnswered(address, "seed %d, the last start".formatted(seed));
        last.destroy();
        assertThat(last.waitFor()).as("a graceful stop").isEqualTo(TERMINATED);
        SortedMap<String, Integer> accepted = acceptedOnDisk();
        assertThat(accepted)
                .as("seed %d", seed)
                .allSatisfy((id, times) -> assertThat(times).as(id).isEqualTo(1))
                .containsKeys(acknowledged.toArray(String[]::new))
                .hasSize((int) paidCents + names().size());
        assertThat(acknowledged).hasSizeGreaterThan(2 * KILLS);
    }

    /// Asks a node that was just started for all that was answered before it was killed, and for
    /// what everyone has.
    ///
    /// @return what was ever paid [cents]: the number of transfers, each of which is one
    private long checkAnswered(URI address, String when) throws Exception {
        for (String id = unasked.poll(); id != null; id = unasked.poll()) {
            assertThat(get(address.resolve("/api/v1/transactions/" + id)).path("answer"))
                    .as("%s, %s", when, id)
                    .hasToString("\"accepted\"");
        }
        BigInteger total = BigInteger.ZERO;
        BigInteger paid = BigInteger.ZERO;
        for (String name : names()) {
            URI account = address.resolve("/api/v1/accounts/" + People.account(name));
            for (JsonNode each : get(account).path("balances")) {
                total = total.add(new BigInteger(each.path("balance").asString()));
                paid = paid.add(new BigInteger(each.path("debits").asString()));
            }
        }
        assertThat(total).as(when).isZero();
        long cents = paid.longValueExact() / Asset.CENT;
        assertThat(cents)
                .as(when)
                .isBetween((long) acknowledged.size() - names().size(), (long) sent.get());
        return cents;
    }

    /// Whoever sends and is paid, sender by sender.
    private static List<String> names() {
        return IntStream.range(0, SENDERS * ACCOUNTS_OF_EACH)
                .mapToObj(KilledNodeTest::name)
                .toList();
    }

    private static String name(int account) {
        return "account " + account;
    }

    private void openAccounts(URI address) throws Exception {
        for (String name : names()) {
            HttpResponse<String> answer =
                    client.send(
                            request(address, people.getFirst().open(name)),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            acknowledge(answer);
        }
    }

    private void acknowledge(HttpResponse<String> answer) {
        String id = NodeFixture.json(answer).path("id").asString();
        acknowledged.add(id);
        unasked.add(id);
    }

    private static HttpRequest request(URI address, SignedTransaction transaction) {
        return HttpRequest.newBuilder(address.resolve("/api/v1/transactions"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/cbor")
                .POST(BodyPublishers.ofByteArray(transaction.toBytes()))
                .build();
    }

    /// Wherever its start was: in a file, in the tables, in opening its port.
    @Test
    void aStartThatIsToldToEndBlamesNobodyAndLeavesNothing() throws Exception {
        write();
        long begun = System.nanoTime();
        Process first = start(0);
        URI address = address(0);
        long startedNanos = System.nanoTime() - begun;
        openAccounts(address);
        Load load = new Load(address);
        load.awaitAnswers(20);
        first.destroy();
        assertThat(first.waitFor()).isEqualTo(TERMINATED);
        load.end();
        int accepted = acceptedOnDisk().size();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int stop = 1; stop <= STOPS; stop++) {
            Process process = start(stop);
            long nanos = random.nextLong(startedNanos / 3, startedNanos);
            assertThat(process.waitFor(nanos, TimeUnit.NANOSECONDS)).isFalse();
            process.destroy();
            assertThat(process.waitFor()).as("seed %d", seed).isEqualTo(TERMINATED);
            assertThat(Files.readAllLines(log(stop).toPath()))
                    .as("seed %d, %d ns", seed, nanos)
                    .noneMatch(line -> line.startsWith("mitoyen: "));
            assertThat(listHidden()).as("seed %d, %d ns", seed, nanos).containsOnly(".lock");
        }
        Process last = start(STOPS + 1);
        assertThat(get(address(STOPS + 1).resolve("/api/v1/status")).path("height").asInt())
                .isPositive();
        last.destroy();
        assertThat(last.waitFor()).isEqualTo(TERMINATED);
        assertThat(acceptedOnDisk()).hasSize(accepted);
    }

    private List<String> listHidden() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("node"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .toList();
        }
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
        for (int i = 0; i < 2_400; i++) {
            String text = Files.readString(log(number).toPath(), StandardCharsets.UTF_8);
            Matcher said = ADDRESS.matcher(text);
            if (said.find()) {
                return URI.create(said.group(1));
            }
            Thread.sleep(50);
        }
        throw new AssertionError(Files.readString(log(number).toPath()));
    }

    /// Asks again while the node's tables are behind its ledger, as one is told to.
    private JsonNode get(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        for (int i = 0; i < 60 && answer.headers().firstValue("Retry-After").isPresent(); i++) {
            Thread.sleep(1_000);
            answer = client.send(request, BodyHandlers.ofString());
        }
        return NodeFixture.json(answer);
    }

    /// Senders that send as fast as they are answered, until the node is gone.
    private final class Load {
        private final AtomicInteger answers = new AtomicInteger();
        private final List<Thread> senders = new ArrayList<>();

        Load(URI address) {
            for (int i = 0; i < SENDERS; i++) {
                int sender = i;
                senders.add(Thread.ofVirtual().start(() -> send(address, sender)));
            }
        }

        void awaitAnswers(int count) throws InterruptedException {
            for (int i = 0; i < 24_000 && answers.get() < count; i++) {
                Thread.sleep(5);
            }
            assertThat(answers.get()).isGreaterThanOrEqualTo(count);
        }

        void end() throws InterruptedException {
            for (Thread sender : senders) {
                assertThat(sender.join(Duration.ofSeconds(30))).isTrue();
            }
        }

        /// In a circle, so that nobody owes much.
        private void send(URI address, int sender) {
            int first = sender * ACCOUNTS_OF_EACH;
            for (int turn = 0; ; turn++) {
                String payer = name(first + turn % ACCOUNTS_OF_EACH);
                String payee = name(first + (turn + 1) % ACCOUNTS_OF_EACH);
                SignedTransaction payment = people.get(sender).pay(payer, payee, 1);
                sent.incrementAndGet();
                try {
                    HttpResponse<String> answer =
                            client.send(request(address, payment), BodyHandlers.ofString());
                    if (answer.statusCode() != 200) {
                        return;
                    }
                    acknowledge(answer);
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
