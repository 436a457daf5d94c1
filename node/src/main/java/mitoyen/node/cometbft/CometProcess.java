package mitoyen.node.cometbft;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// A CometBFT that runs beside this process and ends with it.
public final class CometProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Process process;
    private volatile boolean closing;

    private CometProcess(Process process) {
        this.process = process;
    }

    /// Starts it. What it says goes to `cometbft.log` in its folder.
    ///
    /// @param home its folder
    /// @param application where it dials its application
    /// @param rpc where it listens for its own interface: host and port
    /// @param variables of its environment, beside those of this process
    /// @param ended told the exit status if it ends before it is closed
    public static CometProcess start(
            Path binary,
            Path home,
            String application,
            String rpc,
            Map<String, String> variables,
            IntConsumer ended)
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
        CometProcess running = new CometProcess(process);
        Thread.ofVirtual().name("cometbft").start(() -> running.watch(ended));
        return running;
    }

    private void watch(IntConsumer ended) {
        try {
            int status = process.waitFor();
            if (!closing) {
                ended.accept(status);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Where its words go.
    public static Path log(Path home) {
        return home.resolve("cometbft.log");
    }

    /// Asks it to end, and ends it where it does not.
    @Override
    public void close() {
        closing = true;
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException impatient) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
