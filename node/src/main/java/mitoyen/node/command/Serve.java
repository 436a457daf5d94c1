package mitoyen.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.page.PageServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `serve`: a page on a settled folder, and a place to drop the next files, on this machine alone.
@Command(
        name = "serve",
        description = "Shows a settled folder as a page on this machine, and imports into it.",
        mixinStandardHelpOptions = true)
public final class Serve implements Callable<Integer> {
    private static final int CLOSING_SECONDS = 5;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "the folder that settle wrote to, or a new one")
    private Path folder = Path.of("");

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "the port on this machine (default: ${DEFAULT-VALUE}; 0: any free one)")
    private int port;

    /// Serves until it is told to stop, by Ctrl-C or a termination signal.
    ///
    /// @return 0
    /// @throws IOException if the folder's ledger does not hold or the port is not to be had
    @Override
    public Integer call() throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(asked, closed)));
        try (PageServer server = PageServer.serve(folder, new RealDisk(), port)) {
            spec.commandLine().getOut().println("Serving " + folder + " at " + server.address());
            spec.commandLine().getOut().println("Stop with Ctrl-C.");
            spec.commandLine().getOut().flush();
            asked.await();
        } finally {
            closed.countDown();
        }
        return 0;
    }

    /// Runs when the process is asked to end: has the server close, and waits until it has.
    private static void stop(CountDownLatch asked, CountDownLatch closed) {
        asked.countDown();
        try {
            if (!closed.await(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The page did not close in time; nothing is lost.");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
