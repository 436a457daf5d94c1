package mitoyen.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.cometbft.CometBinary;
import mitoyen.node.cometbft.CometGenesis;
import mitoyen.node.cometbft.CometHome;
import mitoyen.node.cometbft.Participant;
import mitoyen.node.keys.KeyFile;
import mitoyen.node.keys.SigningKey;
import mitoyen.node.network.Charter;
import mitoyen.node.network.Founder;
import mitoyen.node.network.FounderFile;
import mitoyen.node.network.Founders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `network`: several founders, each with a machine, make one network.
@Command(
        name = "network",
        description = {
            "Founds a network of several machines.",
            "Each founder prepares his and sends the others a small file; whoever has all of them"
                    + " makes the genesis, the same on every machine."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            NetworkCommand.Prepare.class,
            NetworkCommand.Found.class,
            NetworkCommand.Show.class
        })
public final class NetworkCommand implements Runnable {
    /// The founder's key of the council, in his node's folder.
    private static final String OPERATOR = "operator.key";

    private static final String GENESIS = "genesis.json";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// `network prepare`.
    @Command(
            name = "prepare",
            description = {
                "Makes the keys of this machine's node and of its founder, which never leave it,"
                        + " and the file to send to the other founders.",
                "Run again, it keeps the keys."
            },
            mixinStandardHelpOptions = true)
    static final class Prepare implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private KeyOptions passphrase = new KeyOptions();
        @Mixin private KeyCommand.Bareness bareness = new KeyCommand.Bareness();

        @Option(
                names = "--dir",
                required = true,
                paramLabel = "DIR",
                description = "the node's folder, made if it is not there")
        private Path folder = Path.of("");

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "what the other founders call you")
        private String name = "";

        @Option(
                names = "--reach",
                required = true,
                paramLabel = "HOST:PORT",
                description = "where the others' nodes reach yours, such as town.example.org:26656")
        private String reach = "";

        @Option(names = "--json", description = "prints the answer as JSON")
        private boolean json;

        private final Disk disk = new RealDisk();

        @Override
        public Integer call() throws IOException {
            if (!FounderFile.isName(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        name
                                + ": a --name is at most 40 letters, digits, points, hyphens and"
                                + " underscores");
            }
            if (!FounderFile.isReach(reach)) {
                throw new ParameterException(
                        spec.commandLine(), reach + ": write --reach like town.example.org:26656");
            }
            Path home = folder.toAbsolutePath().normalize();
            if (Participant.isThere(home)) {
                throw new ParameterException(
                        spec.commandLine(),
                        folder + " is a node's already; name a folder for a new one");
            }
            NodePlace.require(spec, folder);
            Participant node = new Participant(home, CometBinary.find(Optional.empty()));
            disk.createDirectories(home);
            SigningKey council = operator(home.resolve(OPERATOR));
            node.home().makeKeys(disk);
            Founder founder =
                    new Founder(
                            name,
                            reach,
                            node.home().id(),
                            node.home().validatorKey(),
                            council.key(),
                            Instant.now().truncatedTo(ChronoUnit.SECONDS));
            byte[] bytes = FounderFile.write(founder, council);
            Path file = home.resolve(name + ".founder");
            disk.replace(file, out -> out.write(bytes));
            Reply reply = new Reply(spec, json);
            tell(reply, founder);
            reply.put("file", file.toString());
            reply.line("Send this file to the other founders: " + file);
            reply.line("What else is in the folder is secret, and stays.");
            reply.end();
            return Sending.DONE;
        }

        private SigningKey operator(Path file) throws IOException {
            if (Files.exists(file)) {
                return passphrase.open(spec, KeyFile.read(file));
            }
            SecureRandom chance = new SecureRandom();
            SigningKey fresh = SigningKey.fresh(chance);
            KeyFile.create(
                    file,
                    fresh,
                    AccountId.of(fresh.key()),
                    bareness.passphrase(spec, passphrase, file),
                    chance,
                    disk);
            return fresh;
        }
    }

    /// `network found`.
    @Command(
            name = "found",
            description = {
                "Makes genesis.json of all founders' files.",
                "On every machine, and in whichever order they are named, it comes out the same:"
                        + " compare its hash by voice."
            },
            mixinStandardHelpOptions = true)
    static final class Found implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(
                arity = "1..*",
                paramLabel = "FILE",
                description = "what each founder's network prepare wrote")
        private List<Path> files = List.of();

        @Option(
                names = "--dir",
                required = true,
                paramLabel = "DIR",
                description = "where genesis.json goes: this machine's folder")
        private Path folder = Path.of("");

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "what the ledger is called")
        private String name = "";

        @Option(
                names = "--opener",
                required = true,
                paramLabel = "NAME",
                description = "the founder whose key opens accounts and creates assets at first")
        private String opener = "";

        @Option(
                names = "--currency",
                defaultValue = "EUR",
                paramLabel = "CODE",
                description = "of claims between members (default: ${DEFAULT-VALUE})")
        private String currency = "";

        @Option(
                names = "--threshold",
                paramLabel = "N",
                description = "how many founders sign for the council (default: more than 2/3)")
        private Optional<Integer> threshold = Optional.empty();

        @Option(names = "--json", description = "prints the answer as JSON")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            Founders founders = Founders.read(files);
            CometGenesis genesis =
                    new Charter(
                                    name,
                                    currency,
                                    opener,
                                    threshold.map(OptionalInt::of).orElseGet(OptionalInt::empty))
                            .found(founders, Instant.now());
            checkTakesPart(founders);
            Path file = folder.resolve(GENESIS);
            write(genesis, file);
            Reply reply = new Reply(spec, json);
            founders.list().forEach(each -> reply.line(each.name() + "  " + each.peer()));
            reply.put("peers", founders.list().stream().map(Founder::peer).toList());
            tell(reply, genesis);
            reply.put("file", file.toString());
            reply.line("Made " + file + ". Compare its hash by voice with the other founders.");
            reply.line("Then each of you, in his own folder:");
            reply.line(
                    "./mitoyen join --genesis %s --dir %s --peers %s"
                            .formatted(
                                    file,
                                    folder,
                                    founders.list().stream()
                                            .map(Founder::peer)
                                            .collect(Collectors.joining(","))));
            reply.end();
            return Sending.DONE;
        }

        /// Whoever prepared this folder is one of them: his own file is easily left out.
        private void checkTakesPart(Founders founders) throws IOException {
            Path operator = folder.resolve(OPERATOR);
            if (!Files.exists(operator)) {
                return;
            }
            boolean signs =
                    founders.list().stream()
                            .map(Founder::council)
                            .anyMatch(KeyFile.read(operator).key()::equals);
            boolean votes =
                    founders.list().stream()
                            .map(Founder::validator)
                            .anyMatch(
                                    new CometHome(Path.of(""), folder.resolve("cometbft"))
                                                    .validatorKey()
                                            ::equals);
            if (!signs || !votes) {
                throw new IOException(
                        folder + ": its own founder's file is missing; name that one as well");
            }
        }

        private static void write(CometGenesis genesis, Path file) throws IOException {
            if (Files.exists(file)
                    && !CometGenesis.read(file).fileHash().equals(genesis.fileHash())) {
                throw new IOException(
                        file + ": exists already and is another one; move it away to found anew");
            }
            new RealDisk().replace(file, genesis::write);
        }
    }

    /// `network show`.
    @Command(
            name = "show",
            description = "Shows what a founder's file or a genesis.json says, and its hash.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "NAME.founder, or genesis.json")
        private Path file = Path.of("");

        @Option(names = "--json", description = "prints the answer as JSON")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            Reply reply = new Reply(spec, json);
            if (FounderFile.isOne(file)) {
                tell(reply, FounderFile.read(file));
            } else {
                tell(reply, CometGenesis.read(file));
            }
            reply.end();
            return Sending.DONE;
        }
    }

    private static void tell(Reply reply, Founder founder) {
        reply.tell("founder", founder.name());
        reply.tell("peer", founder.peer());
        reply.tell("validator", founder.validator().toString());
        reply.tell("council", founder.council().toString());
        reply.tell("made", founder.made().toString());
    }

    private static void tell(Reply reply, CometGenesis genesis) {
        Genesis ledger = genesis.genesis();
        GovernanceTerms terms = ledger.governance().orElseThrow();
        reply.tell("name", ledger.name());
        reply.tell(
                "validators",
                terms.validators().stream()
                        .sorted(Comparator.comparing(Validator::name))
                        .map(each -> each.name() + " " + each.power())
                        .toList());
        reply.tell(
                "assets",
                ledger.assets().stream().map(AssetTerms::asset).map(Asset::code).toList());
        reply.put("threshold", terms.council().threshold());
        reply.line(
                "The council: %d of %d sign, %s"
                        .formatted(
                                terms.council().threshold(),
                                terms.council().signers().size(),
                                terms.councilAccount()));
        reply.put("council", terms.councilAccount().toString());
        reply.tell("opener", ledger.founderAccount().toString());
        reply.tell("begins", genesis.time().toString());
        reply.put("ledger", ledger.hash().toString());
        reply.put("hash", genesis.fileHash().toString());
        reply.line("hash: " + spoken(genesis.fileHash()));
    }

    /// In groups of four, as one reads it aloud.
    private static String spoken(Digest hash) {
        return Stream.of(hash.toString().split("(?<=\\G.{4})", -1))
                .filter(group -> !group.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
