package mitoyen.simulator.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mitoyen.node.cometbft.CometBinary;
import mitoyen.node.cometbft.CometProcess;
import mitoyen.node.testnet.Member;

/// A node of a network that does not start its CometBFT: it is started here, and speaks to the node
/// through a [Middle].
public final class SplitMember implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Network network;
    private final int number;
    private final Middle middle;
    private final Path binary;
    private Optional<Process> engine = Optional.empty();

    private SplitMember(Network network, int number, Middle middle, Path binary) {
        this.network = network;
        this.number = number;
        this.middle = middle;
        this.binary = binary;
    }

    /// Splits a node that does not run yet.
    public static SplitMember split(Network network, int number) throws IOException {
        Member member = network.member(number);
        Path configuration = member.configuration();
        Files.writeString(configuration, Files.readString(configuration) + "  start: false\n");
        return new SplitMember(
                network,
                number,
                Middle.before(member.applicationPort()),
                CometBinary.find(Optional.empty()));
    }

    /// Who stands between.
    public Middle middle() {
        return middle;
    }

    /// Starts the node, and once it answers its CometBFT.
    public void start() throws IOException, InterruptedException {
        startNode();
        startEngine();
    }

    /// Starts the node alone, and waits until it answers.
    public void startNode() throws IOException, InterruptedException {
        network.start(number);
        network.awaitAnswering(number);
        middle.restart();
    }

    /// Starts its CometBFT.
    public void startEngine() throws IOException {
        Member member = network.member(number);
        Process process =
                new ProcessBuilder(
                                List.of(
                                        binary.toString(),
                                        "start",
                                        "--home",
                                        member.cometbft().toString(),
                                        "--proxy_app",
                                        middle.address(),
                                        "--rpc.laddr",
                                        "tcp://127.0.0.1:" + member.rpcPort()))
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        CometProcess.log(member.cometbft()).toFile()))
                        .start();
        process.getOutputStream().close();
        engine = Optional.of(process);
    }

    /// Waits until its CometBFT has ended by itself.
    ///
    /// @return the exit status
    /// @throws IOException if it goes on
    public int awaitEngineEnd() throws IOException, InterruptedException {
        Process process = engine.orElseThrow();
        if (!process.waitFor(Network.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("CometBFT goes on");
        }
        return process.exitValue();
    }

    /// Ends both at once, as a loss of power does.
    public void kill() throws IOException, InterruptedException {
        if (engine.isPresent()) {
            engine.get().destroyForcibly().waitFor();
        }
        network.kill(number);
    }

    /// Asks both to finish, CometBFT first, and waits until they have.
    public void stop() throws IOException, InterruptedException {
        if (engine.isPresent()) {
            engine.get().destroy();
            if (!engine.get().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                engine.get().destroyForcibly().waitFor();
            }
        }
        network.stop(number);
    }

    /// Ends both at once.
    @Override
    public void close() throws IOException {
        try {
            kill();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            middle.close();
        }
    }
}
