package mitoyen.node.cometbft;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// A CometBFT that runs beside this process and ends with it.
public final class CometProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// How soon this process is told to stop where both are told at once, as by a terminal and by
    /// systemd. A death that looks the same is told this much later.
    static final Duration GRACE = Duration.ofSeconds(5);

    /// The exit statuses of one that was told to end: 0, and those of SIGHUP, SIGINT and SIGTERM
    /// where they come before it listens to them. No death by itself has them.
    private static final Set<Integer> TOLD = Set.of(0, 129, 130, 143);

    private final Process process;
    private final CountDownLatch expected = new CountDownLatch(1);
    private final Thread watcher;
    private final Duration grace;
    private volatile boolean closing;

    private CometProcess(Process process, IntConsumer ended, Duration grace) {
        this.process = process;
        this.grace = grace;
        this.watcher = Thread.ofVirtual().name("cometbft").unstarted(() -> watch(ended));
    }

    /// Starts it. What it says goes to `cometbft.log` in its folder.
    ///
    /// @param home its folder
    /// @param application where it dials its application
    /// @param rpc where it listens for its own interface: host and port
    /// @param variables of its environment, beside those of this process
    /// @param ended told the exit status if it ends though neither was told to
    public static CometProcess start(
            Path binary,
            Path home,
            String application,
            String rpc,
            Map<String, String> variables,
            IntConsumer ended)
            throws IOException {
        return start(binary, home, application, rpc, variables, ended, GRACE);
    }

    /// The same, with another grace.
    static CometProcess start(
            Path binary,
            Path home,
            String application,
            String rpc,
            Map<String, String> variables,
            IntConsumer ended,
            Duration grace)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                List.of(
                                        binary.toString(),
                                        "start",
                                        "--home",
                                        home.toString(),
                                        "--proxy_app",
                                        application,
                                        "--rpc.laddr",
                                        "tcp://" + rpc))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(home).toFile()));
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        CometProcess running = new CometProcess(process, ended, grace);
        running.watcher.start();
        return running;
    }

    private void watch(IntConsumer ended) {
        try {
            int status = process.waitFor();
            if (!closing && !(TOLD.contains(status) && isExpected())) {
                ended.accept(status);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isExpected() throws InterruptedException {
        return expected.await(grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// From here on it may end as one that is told to: this process was told to stop, and so may it
    /// have been. Any other end is still told.
    void expectEnd() {
        expected.countDown();
    }

    /// Where its words go.
    public static Path log(Path home) {
        return home.resolve("cometbft.log");
    }

    /// Asks it to end, and ends it where it does not. If it had died before, that is told.
    @Override
    public void close() {
        closing = process.isAlive();
        expectEnd();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            watcher.join();
        } catch (InterruptedException impatient) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
