package mitoyen.node.cometbft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import mitoyen.consensus.abci.AbciAddress;
import mitoyen.consensus.abci.AbciOptions;
import mitoyen.consensus.abci.AbciServer;
import mitoyen.consensus.abci.OrderedHandler;
import mitoyen.node.cometbft.CounterApplication.Point;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The server of ABCI against a real CometBFT of one validator, and either killed at each point of
/// a block: whatever was sent ends up in the blocks once, in the order in which the application has
/// it, and CometBFT's calls keep to their grammar all along.
@Timeout(300)
class AbciContractTest {
    private static final long KILLED_AT = 3;

    @TempDir Path folder;

    private final BlockingQueue<String> wrong = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private TestNode comet;

    @BeforeEach
    void makeNode() throws Exception {
        comet = new TestNode(folder.resolve("comet"));
        open.add(comet);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix", "tcp"})
    void what_is_sent_is_committed_in_one_order(String transport) throws Exception {
        CounterApplication application = application((point, height) -> {});
        comet.start(serve(application, transport));
        List<String> sent = sendUntilOrdered(40, application::words);

        assertThat(application.words()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(comet.ordered()).isEqualTo(application.words());
        assertThat(comet.query()).contains(String.join(" ", application.words()));
        assertThat(comet.send(sent.getFirst())).as("sent again").isFalse();
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void cometbft_may_be_killed_at_any_point(Point point) throws Exception {
        AtomicBoolean killed = new AtomicBoolean();
        CounterApplication application =
                application((reached, height) -> {
                    boolean due = point == Point.INIT || height >= KILLED_AT;
                    if (reached == point && due && !killed.get()) {
                        comet.kill();
                        killed.set(true);
                    }
                });
        String address = serve(application, "unix");
        comet.start(address);
        List<String> sent = sendWhile(() -> !killed.get());
        comet.start(address);
        sent.addAll(sendUntilOrdered(10, application::words));
        // What the killed one had in memory only is sent again.
        resend(sent, application::words);

        assertThat(comet.ordered()).isEqualTo(application.words());
        assertThat(application.words()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_application_may_be_killed_at_any_point(Point point) throws Exception {
        Process first = startProcess(point, point == Point.INIT ? 0 : KILLED_AT);
        comet.start(address());
        List<String> sent = sendWhile(first::isAlive);
        assertThat(first.exitValue()).isEqualTo(137);
        assertThat(comet.endsWithin(Duration.ofSeconds(60)))
                .as("CometBFT does not go on without its application")
                .isTrue();

        Process second = startProcess(Point.INIT, Long.MAX_VALUE);
        comet.start(address());
        sent.addAll(sendUntilOrdered(10, this::queried));
        resend(sent, this::queried);

        assertThat(comet.ordered()).isEqualTo(queried());
        assertThat(queried()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(second.isAlive()).as("no call was out of order").isTrue();
    }

    @Test
    void cometbft_ends_when_the_application_fails() throws Exception {
        CounterApplication application =
                application((point, height) -> {
                    if (point == Point.COMMIT && height >= KILLED_AT) {
                        throw new IllegalStateException("the disk is gone");
                    }
                });
        comet.start(serve(application, "unix"));
        List<String> sent = new ArrayList<>();
        for (int i = 0; wrong.isEmpty(); i++) {
            sent.add("word" + i);
            comet.send(sent.getLast());
        }
        assertThat(wrong).containsExactly("java.lang.IllegalStateException: the disk is gone");
        assertThat(comet.endsWithin(Duration.ofSeconds(60))).isTrue();
        // It says what it hears first: why, or that another of its connections was closed.
        assertThat(comet.words()).containsAnyOf("the disk is gone", "read message: EOF");
    }

    /// What the application has, wherever it runs.
    private interface Words {
        List<String> get() throws InterruptedException;
    }

    /// Sends words one after the other until something ends it. Of the last nobody knows whether it
    /// was taken.
    private List<String> sendWhile(BooleanSupplier goesOn) throws InterruptedException {
        List<String> sent = new ArrayList<>(List.of("early0"));
        while (goesOn.getAsBoolean()) {
            if (comet.send(sent.getLast())) {
                sent.add("early" + sent.size());
            }
        }
        return sent;
    }

    /// Sends words that CometBFT takes, and waits until all of them are in blocks.
    private List<String> sendUntilOrdered(int count, Words words) throws InterruptedException {
        List<String> sent = new ArrayList<>();
        TestNode.await("CometBFT's first answer", () -> heightOf(comet) >= 0);
        for (int i = 0; i < count; i++) {
            String word = "word" + i;
            TestNode.await("room for " + word, () -> isSent(word));
            sent.add(word);
        }
        awaitAll(sent, words);
        return sent;
    }

    private void resend(List<String> sent, Words words) throws InterruptedException {
        for (String word : sent) {
            if (!words.get().contains(word)) {
                comet.send(word);
            }
        }
        awaitAll(sent, words);
    }

    private static void awaitAll(List<String> sent, Words words) throws InterruptedException {
        TestNode.await(
                "the last of " + sent.size() + " words",
                () -> {
                    try {
                        return words.get().containsAll(sent);
                    } catch (InterruptedException stopped) {
                        throw new IllegalStateException(stopped);
                    }
                });
    }

    private static long heightOf(TestNode node) {
        try {
            return node.height();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private boolean isSent(String word) {
        try {
            return comet.send(word);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private List<String> queried() throws InterruptedException {
        Optional<String> answer = comet.query();
        return answer.filter(words -> !words.isEmpty())
                .map(words -> List.of(words.split(" ", -1)))
                .orElse(List.of());
    }

    private CounterApplication application(CounterApplication.Witness witness) throws IOException {
        return new CounterApplication(folder.resolve("words.txt"), witness);
    }

    private String serve(CounterApplication application, String transport) throws IOException {
        AbciAddress address =
                AbciAddress.parse(transport.equals("unix") ? address() : "tcp://127.0.0.1:0");
        AbciServer server =
                AbciServer.start(
                        address,
                        new OrderedHandler(application, wrong::add),
                        AbciOptions.DEFAULT,
                        failure -> wrong.add(failure.toString()));
        open.add(server);
        return server.address().toString();
    }

    private String address() {
        return "unix://" + folder.resolve("private/abci.sock");
    }

    /// The application in a process of its own; ready when this returns.
    private Process startProcess(Point point, long height) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CounterApplication.class.getName(),
                                address(),
                                folder.resolve("words.txt").toString(),
                                point.name(),
                                Long.toString(height))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        open.add(process::destroyForcibly);
        assertThat(process.inputReader().readLine()).isEqualTo(address());
        return process;
    }
}
