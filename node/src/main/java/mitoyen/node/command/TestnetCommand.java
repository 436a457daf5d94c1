package mitoyen.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.cometbft.CometBinary;
import mitoyen.node.cometbft.CometGenesis;
import mitoyen.node.cometbft.CometRpc;
import mitoyen.node.testnet.LogTail;
import mitoyen.node.testnet.Member;
import mitoyen.node.testnet.MemberProcess;
import mitoyen.node.testnet.Testnet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `testnet`: several nodes on this machine that order one ledger together.
@Command(
        name = "testnet",
        description = {
            "Runs several nodes on this machine that order one ledger together, with CometBFT.",
            "Makes the folder if it is not there; goes on with the network if it is."
        },
        mixinStandardHelpOptions = true)
public final class TestnetCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int MOST = 100;
    private static final int CLOSING_SECONDS = 60;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--validators",
            defaultValue = "4",
            paramLabel = "N",
            description = "how many nodes order (default: ${DEFAULT-VALUE})")
    private int validators;

    @Option(
            names = "--replicas",
            defaultValue = "0",
            paramLabel = "K",
            description = "how many more follow and do not vote (default: ${DEFAULT-VALUE})")
    private int replicas;

    @Option(
            names = "--name",
            defaultValue = "Testnet",
            paramLabel = "NAME",
            description = "what the ledger is called (default: ${DEFAULT-VALUE})")
    private String name = "";

    @Option(
            names = "--currency",
            defaultValue = "EUR",
            paramLabel = "CODE",
            description = "of claims between members (default: ${DEFAULT-VALUE})")
    private String currency = "";

    @Option(
            names = "--dir",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "the folder of the network")
    private Optional<Path> dir = Optional.empty();

    /// Runs all nodes until Ctrl-C or a termination signal, following their logs; then stops them.
    ///
    /// @return 0
    /// @throws IOException if the network cannot be made or a node does not start
    @Override
    public Integer call() throws IOException, InterruptedException {
        if (validators < 1 || replicas < 0 || validators + replicas > MOST) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a network has 1 to %d nodes, at least one of them a validator"
                            .formatted(MOST));
        }
        Path folder = folder();
        Testnet testnet = Testnet.isThere(folder) ? Testnet.open(folder) : create(folder);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(asked, stopped)));
        PrintWriter out = spec.commandLine().getOut();
        LogTail logs = new LogTail(testnet.members());
        try {
            for (Member member : testnet.members()) {
                new MemberProcess(member).start();
                out.printf(
                        "%s  %s  %sapi  %s%n",
                        member.name(),
                        member.validator() ? "validator" : "replica  ",
                        member.address(),
                        member.folder());
            }
            out.println("The founder's key: " + testnet.founderKey());
            out.println("The council, of the operators' keys: " + council(testnet));
            out.println("Stop with Ctrl-C.");
            out.flush();
            while (!asked.await(LOOK.toMillis(), TimeUnit.MILLISECONDS) && isRunning(testnet)) {
                logs.print(out);
            }
        } finally {
            stop(testnet);
            logs.print(out);
            stopped.countDown();
        }
        return 0;
    }

    private static AccountId council(Testnet testnet) throws IOException {
        return CometGenesis.read(testnet.genesis())
                .genesis()
                .governance()
                .orElseThrow()
                .councilAccount();
    }

    /// Whether any node still runs: `testnet stop` ends them from elsewhere.
    private static boolean isRunning(Testnet testnet) throws IOException {
        for (Member member : testnet.members()) {
            if (new MemberProcess(member).find().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /// All at once: a network of which some are gone waits for them.
    private static void stop(Testnet testnet) throws IOException, InterruptedException {
        for (Member member : testnet.members()) {
            Optional<ProcessHandle> process = new MemberProcess(member).find();
            process.ifPresent(ProcessHandle::destroy);
        }
        for (Member member : testnet.members()) {
            new MemberProcess(member).stop();
        }
    }

    private static void end(CountDownLatch asked, CountDownLatch stopped) {
        asked.countDown();
        try {
            if (!stopped.await(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("Not every node stopped in time: see testnet status.");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    private Testnet create(Path folder) throws IOException {
        if (Files.exists(folder) && !isOurs(folder)) {
            throw new ParameterException(
                    spec.commandLine(),
                    folder + " exists and holds no network: name a folder that is not there yet");
        }
        Path binary = CometBinary.find(Optional.empty());
        Disk disk = new RealDisk();
        SecureRandom chance = new SecureRandom();
        Genesis alone = Testnet.found(folder, name, currency, disk, chance);
        return Testnet.create(
                folder, new Testnet.Plan(alone, validators, replicas), binary, disk, chance);
    }

    /// Whether the folder is empty, or what is in it is of a network that was begun.
    private static boolean isOurs(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.allMatch(each ->
                    each.getFileName()
                            .toString()
                            .matches("node[0-9]+|genesis\\.(json|cbor)|founder\\.key|\\..*\\.new"));
        }
    }

    /// What each node is doing.
    @Command(
            name = "status",
            description = "What each node is doing.",
            mixinStandardHelpOptions = true)
    int status() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        for (Member member : network().members()) {
            Optional<ProcessHandle> process = new MemberProcess(member).find();
            String state =
                    process.isEmpty()
                            ? "stopped"
                            : "process " + process.get().pid() + ", " + standing(member);
            out.printf("%s  %s  %s%n", member.name(), member.address(), state);
        }
        out.flush();
        return 0;
    }

    private static String standing(Member member) throws InterruptedException {
        try (CometRpc rpc = new CometRpc(member.rpc())) {
            CometRpc.Standing standing = rpc.standing();
            return "CometBFT at block "
                    + standing.height()
                    + (standing.catchingUp() ? ", catching up" : "");
        } catch (IOException silent) {
            return "CometBFT does not answer";
        }
    }

    /// Ends a node as a loss of power does.
    @Command(
            name = "kill",
            description = "Ends a node at once, as a loss of power does.",
            mixinStandardHelpOptions = true)
    int kill(@Parameters(paramLabel = "N", description = "its number, from 1") int number)
            throws IOException, InterruptedException {
        new MemberProcess(member(number)).kill();
        return 0;
    }

    /// Starts a node that does not run.
    @Command(
            name = "start",
            description = "Starts a node that does not run.",
            mixinStandardHelpOptions = true)
    int start(@Parameters(paramLabel = "N", description = "its number, from 1") int number)
            throws IOException {
        new MemberProcess(member(number)).start();
        return 0;
    }

    /// Asks every node to finish, and waits.
    @Command(
            name = "stop",
            description = "Asks every node to finish, and waits until all have.",
            mixinStandardHelpOptions = true)
    int stop() throws IOException, InterruptedException {
        stop(network());
        return 0;
    }

    private Member member(int number) throws IOException {
        Testnet testnet = network();
        return testnet.find(number)
                .orElseThrow(() ->
                        new ParameterException(
                                spec.commandLine(),
                                "there is no node %d; name one from 1 to %d"
                                        .formatted(number, testnet.members().size())));
    }

    /// The network that is in the folder, where one has to be.
    private Testnet network() throws IOException {
        Path folder = folder();
        if (!Testnet.isThere(folder)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s: there is no network; ./mitoyen testnet --dir %s makes one and runs it"
                            .formatted(folder, folder));
        }
        return Testnet.open(folder);
    }

    private Path folder() {
        return dir.orElseThrow(() ->
                new ParameterException(
                        spec.commandLine(), "which network? Name its folder with --dir"));
    }
}
