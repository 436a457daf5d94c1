package mitoyen.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.api.Anew;
import mitoyen.node.api.RunningNode;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.configuration.NodeFile;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.logging.JsonLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `node`: a participant that runs until it is told to stop.
@Command(
        name = "node",
        description = "Runs a node: takes transactions in, keeps the ledger, and answers for it.",
        mixinStandardHelpOptions = true)
public final class Node implements Callable<Integer> {
    private static final Logger LOG = Logger.getLogger(Node.class.getName());
    private static final int CLOSING_SECONDS = 60;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "how it runs, in YAML (docs/node.md)")
    private Path file = Path.of("");

    @Option(
            names = "--anew",
            description =
                    "first gives up the ledger, its snapshots and tables, and CometBFT's blocks,"
                            + " and fetches them from the others; keys and vault stay")
    private boolean anew;

    /// Runs until Ctrl-C or a termination signal; then finishes what was taken in.
    ///
    /// @return 0
    /// @throws InputMistakes if the configuration is wrong
    /// @throws Refused if another process has the folder
    /// @throws IOException if the ledger does not hold or the port is not to be had
    @Override
    public Integer call() throws IOException, InterruptedException, InputMistakes, Refused {
        NodeConfiguration configuration = NodeFile.read(file);
        if (anew) {
            Anew.giveUp(configuration, new RealDisk());
        }
        return run(configuration, spec.commandLine().getOut());
    }

    /// Runs a node until the process is told to stop.
    ///
    /// @param out told where it answers
    /// @return 0
    static int run(NodeConfiguration configuration, PrintWriter out)
            throws IOException, InterruptedException, InputMistakes, Refused {
        JsonLines.install(configuration.log());
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Start start = new Start(Thread.currentThread());
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            asked.countDown();
                            start.interrupt();
                            awaitClosed(closed);
                        }));
        try (RunningNode node =
                RunningNode.start(
                        configuration,
                        new RealDisk(),
                        new SecureRandom(),
                        InstantSource.system())) {
            start.finish();
            out.println("Ledger " + node.ledger() + " at height " + node.height());
            out.println("Answering at " + node.address() + "api");
            out.println("Stop with Ctrl-C.");
            out.flush();
            asked.await();
        } catch (IOException | RuntimeException failure) {
            if (!start.isInterrupted()) {
                throw failure;
            }
            // It was in the middle of a file, or of opening a port: nobody is to blame for that.
            LOG.log(Level.FINE, "stopped before it had started", failure);
        } finally {
            closed.countDown();
        }
        return 0;
    }

    /// A start that may be told to end while it goes on.
    private static final class Start {
        private final Thread thread;
        private boolean finished;
        private boolean interrupted;

        Start(Thread thread) {
            this.thread = thread;
        }

        /// Has it end where it is; nothing once it has finished.
        synchronized void interrupt() {
            if (!finished) {
                interrupted = true;
                thread.interrupt();
            }
        }

        /// The node runs: whoever told its start to end too late has only told it to stop.
        synchronized void finish() {
            finished = true;
            interrupted = false;
            Thread.interrupted();
        }

        synchronized boolean isInterrupted() {
            return interrupted;
        }
    }

    /// Waits until the node has closed: the process ends with whoever asked it to.
    private static void awaitClosed(CountDownLatch closed) {
        try {
            if (!closed.await(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The node did not close in time; what it answered is not lost.");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
