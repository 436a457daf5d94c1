package mitoyen.simulator.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.page.PageServer;
import mitoyen.simulator.files.Folders;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./mitoyen demo`: a simulated street with its page, until Ctrl-C.
@Command(
        name = "demo",
        description = "Shows a simulated street sharing its sun, live, on a page.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final int FASTEST = 1_000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "where the page is, on this machine alone (default: ${DEFAULT-VALUE})")
    private int port = 8080;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "another street from another number (default: ${DEFAULT-VALUE})")
    private long seed = 2025;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "half-hours a second, 1 to 1000 (default: ${DEFAULT-VALUE})")
    private int speed = 1;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "keeps everything here (default: a folder that is removed at the end)")
    private @Nullable Path dir;

    /// Runs until the process is asked to end.
    ///
    /// @return 0
    /// @throws Refused if the folder holds another simulation
    /// @throws IOException if a file cannot be written or the port is not to be had
    @Override
    public Integer call() throws IOException, Refused, InputMistakes {
        if (speed < 1 || speed > FASTEST) {
            throw new ParameterException(
                    spec.commandLine(), "--speed is " + speed + "; give 1 to " + FASTEST);
        }
        // Before a week is settled for nothing.
        PageServer.requireFree(port);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endCleanly(stop, stopped)));
        Path base = dir == null ? Files.createTempDirectory("mitoyen-demo") : dir;
        try {
            LocalDate today = LocalDate.now(Clock.system(SimulatedStreet.ZONE));
            new Demo(new SimulatedStreet(seed, base), speed, spec.commandLine().getOut())
                    .run(today, port, stop);
        } finally {
            try {
                if (dir == null) {
                    Folders.delete(base);
                }
            } finally {
                stopped.countDown();
            }
        }
        return 0;
    }

    /// Lets the demonstration finish what it is doing before the process ends.
    private static void endCleanly(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
