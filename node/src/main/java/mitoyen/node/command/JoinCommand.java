package mitoyen.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.governance.Validator;
import mitoyen.node.cometbft.CometBinary;
import mitoyen.node.cometbft.CometGenesis;
import mitoyen.node.cometbft.CometHome;
import mitoyen.node.cometbft.Participant;
import mitoyen.node.configuration.CometSettings;
import mitoyen.node.configuration.NodeFile;
import mitoyen.node.configuration.SyncSettings;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `join`: a node of somebody's own in a network that is there.
@Command(
        name = "join",
        description = {
            "Makes a node of a network that is there, and runs it.",
            "It fetches all blocks and executes each, or begins from a snapshot of others that it"
                    + " checks (--sync-from).",
            "It does not vote before the council gives its key a power."
        },
        mixinStandardHelpOptions = true)
public final class JoinCommand implements Callable<Integer> {
    private static final Pattern PEER =
            Pattern.compile("[0-9a-f]{40}@[A-Za-z0-9._-]{1,253}:[0-9]{1,5}");
    private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9._-]{1,253}:[0-9]{1,5}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String UNKNOWN = "replica";
    private static final int LAST_PORT = 65_535;
    private static final int LONGEST_SOCKET = 100;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--genesis",
            required = true,
            paramLabel = "FILE",
            description = "the network's genesis.json, from somebody you trust")
    private Path genesis = Path.of("");

    @Option(
            names = "--peers",
            required = true,
            split = ",",
            paramLabel = "ID@HOST:PORT",
            description = "nodes of the network")
    private List<String> peers = List.of();

    @Option(
            names = "--sync-from",
            paramLabel = "URL,URL",
            description =
                    "begins from a snapshot instead of all blocks, checked against the engine's"
                            + " headers, which two nodes or more show; needs --trust")
    private Optional<String> syncFrom = Optional.empty();

    @Option(
            names = "--trust",
            paramLabel = "HEIGHT:HASH",
            description =
                    "a header of the engine, less than 32 hours old, from somebody you trust, who"
                            + " had it from ./mitoyen proof light or his node's"
                            + " /api/v1/light/latest")
    private Optional<String> trust = Optional.empty();

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "the node's folder, made if it is not there")
    private Path folder = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "what others' logs call it (default: a founder's own name, else replica)")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--http",
            defaultValue = "8090",
            paramLabel = "PORT",
            description = "where it answers, on this machine (default: ${DEFAULT-VALUE})")
    private int http;

    @Option(
            names = "--listen",
            defaultValue = "0.0.0.0:26656",
            paramLabel = "HOST:PORT",
            description = "where other nodes reach it (default: ${DEFAULT-VALUE})")
    private String listen = "";

    @Option(
            names = "--rpc",
            defaultValue = "127.0.0.1:26657",
            paramLabel = "HOST:PORT",
            description = "where its CometBFT answers it alone (default: ${DEFAULT-VALUE})")
    private String rpc = "";

    @Option(
            names = "--same-machine",
            description = "peers may share an address: for trying it on one machine")
    private boolean sameMachine;

    @Option(names = "--prepare", description = "makes the folder and does not run the node")
    private boolean prepare;

    /// Makes the folder, unless it is there, and runs the node until it is told to stop.
    ///
    /// @return 0
    /// @throws IOException if the genesis is none, or something cannot be written or does not start
    @Override
    public Integer call() throws IOException, InterruptedException, InputMistakes, Refused {
        Path home = folder.toAbsolutePath().normalize();
        boolean isNew = !Participant.isThere(home);
        if (isNew) {
            check();
            NodePlace.require(spec, folder);
        }
        Participant participant = new Participant(home, CometBinary.find(Optional.empty()));
        PrintWriter out = spec.commandLine().getOut();
        if (isNew) {
            CometGenesis network = CometGenesis.read(genesis);
            Disk disk = new RealDisk();
            participant.home().makeKeys(disk);
            participant.write(
                    network,
                    new CometHome.Network(
                            name.orElse(knownName(network, participant.home().validatorKey())),
                            listen,
                            others(participant.home().id()),
                            !sameMachine),
                    new Participant.Places(http, rpc, application(home)),
                    sync(),
                    disk);
            out.println("Made " + home);
        } else {
            requireSame(participant.configuration());
        }
        out.println("This node is " + participant.home().id() + " to its peers.");
        out.println("Its validator key, for the council: " + participant.home().validatorKey());
        out.println(
                "The council's account: "
                        + CometGenesis.read(participant.home().genesis())
                                .genesis()
                                .governance()
                                .orElseThrow()
                                .councilAccount());
        out.println("Run it: ./mitoyen node --config " + participant.configuration());
        out.flush();
        return prepare ? 0 : Node.run(NodeFile.read(participant.configuration()), out);
    }

    /// Whose key has a seat from the start has a name in the genesis, which founders agreed on.
    private static String knownName(CometGenesis network, SignerKey key) {
        return network.genesis().governance().orElseThrow().validators().stream()
                .filter(validator -> validator.key().equals(key))
                .map(Validator::name)
                .filter(name -> NAME.matcher(name).matches())
                .findFirst()
                .orElse(UNKNOWN);
    }

    /// The peers without this node itself: founders share one list.
    private List<String> others(String id) {
        return peers.stream().filter(peer -> !peer.startsWith(id + "@")).toList();
    }

    private void check() {
        if (!Files.isRegularFile(genesis)) {
            throw new ParameterException(
                    spec.commandLine(), "there is no file " + genesis + "; name genesis.json");
        }
        for (String peer : peers) {
            requirePort(PEER, peer, "a peer is written ID@HOST:PORT, with an id of 40 digits");
        }
        requirePort(PLACE, listen, "write --listen like 0.0.0.0:26656");
        requirePort(PLACE, rpc, "write --rpc like 127.0.0.1:26657");
        require(
                http >= 0 && http <= LAST_PORT,
                Integer.toString(http),
                "write --http like 8090, at most " + LAST_PORT);
        require(
                NAME.matcher(name.orElse(UNKNOWN)).matches(),
                name.orElse(UNKNOWN),
                "a --name is at most 64 letters, digits, points, hyphens and underscores");
    }

    /// A folder that is there goes on with what its configuration says: who asks for another header
    /// has to write it there.
    private void requireSame(Path configuration) throws IOException, InputMistakes {
        Optional<SyncSettings> asked = sync();
        require(
                asked.isEmpty()
                        || NodeFile.read(configuration)
                                .cometbft()
                                .flatMap(CometSettings::sync)
                                .equals(asked),
                configuration.toString(),
                "is there already and says something else under sync; write from and trust there");
    }

    private Optional<SyncSettings> sync() {
        require(
                syncFrom.isPresent() == trust.isPresent(),
                "--sync-from and --trust",
                "give both, or none to fetch all blocks");
        if (syncFrom.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<URI>> from = SyncSettings.parseNodes(syncFrom.get());
        require(
                from.isPresent(),
                syncFrom.get(),
                "name two different nodes at least, like https://one.example,https://two.example");
        Optional<SyncSettings.Trusted> trusted = trust.flatMap(SyncSettings.Trusted::parse);
        require(
                trusted.isPresent(),
                trust.orElseThrow(),
                "write --trust as a height, a colon and 64 hexadecimal digits");
        return Optional.of(new SyncSettings(from.orElseThrow(), trusted.orElseThrow()));
    }

    private void requirePort(Pattern pattern, String text, String remedy) {
        require(
                pattern.matcher(text).matches()
                        && Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)) <= LAST_PORT,
                text,
                remedy + "; a port is at most " + LAST_PORT);
    }

    private void require(boolean holds, String text, String remedy) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), text + ": " + remedy);
        }
    }

    /// A Unix socket, which nobody else on the machine reaches, where its path is short enough.
    private static String application(Path home) {
        String socket = home.resolve("cometbft/socket/application").toString();
        return socket.length() <= LONGEST_SOCKET ? "unix://" + socket : "tcp://127.0.0.1:26658";
    }
}
