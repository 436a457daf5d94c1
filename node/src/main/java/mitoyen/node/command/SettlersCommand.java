package mitoyen.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.Settlers;
import mitoyen.ledger.machine.Step;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.keys.SharedSalts;
import mitoyen.node.settlement.CommunityCodec;
import mitoyen.node.settlement.FolderLock;
import mitoyen.node.settlement.Recomputation;
import mitoyen.node.settlement.SettlersFolder;
import mitoyen.node.transaction.Envelope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `settlers`: several who settle one community together.
@Command(
        name = "settlers",
        description = "Founds a community that several settle, and shows where they stand.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SettlersCommand.New.class,
            SettlersCommand.Found.class,
            SettlersCommand.Take.class,
            SettlersStatus.class
        })
public final class SettlersCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// `settlers new`.
    @Command(
            name = "new",
            description =
                    "Makes the file of salts that a community's settlers share, sealed under a"
                            + " passphrase.",
            mixinStandardHelpOptions = true)
    static final class New implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private KeyOptions passphrase = new KeyOptions();
        @Mixin private KeyCommand.Bareness bareness = new KeyCommand.Bareness();

        @Parameters(
                index = "0",
                paramLabel = "COMMUNITY",
                description = "the community's file, community.yaml")
        private Path community = Path.of("");

        @Parameters(index = "1", paramLabel = "FILE", description = "where the salts go")
        private Path file = Path.of("");

        @Option(
                names = "--from",
                paramLabel = "FILE",
                description =
                        "takes over an earlier file's salts, and adds those of members who came"
                                + " since")
        private Optional<Path> from = Optional.empty();

        @Override
        public Integer call() throws IOException, InputMistakes {
            Community read = CommunityFile.read(community);
            SecureRandom chance = new SecureRandom();
            SharedSalts salts =
                    from.isPresent()
                            ? open(spec, passphrase, from.get())
                                    .with(read.details().keySet(), chance)
                            : SharedSalts.fresh(
                                    read.terms().community(),
                                    read.details().keySet(),
                                    CommunityCodec.encode(read),
                                    chance);
            if (!salts.name().equals(read.terms().community())) {
                throw new IOException(
                        "%s: holds the salts of %s, and %s is of %s; name another"
                                .formatted(
                                        from.orElse(file),
                                        salts.name(),
                                        community,
                                        read.terms().community()));
            }
            salts.create(file, bareness.passphrase(spec, passphrase, file), chance, new RealDisk());
            spec.commandLine()
                    .getOut()
                    .println(
                            "%s: the salts of %s and of %d members; give it to the settlers alone"
                                    .formatted(file, salts.name(), salts.members().size()));
            return Sending.DONE;
        }
    }

    /// `settlers found`.
    @Command(
            name = "found",
            description =
                    "Founds the community of a settlers' file on the ledger, signed by the ledger's"
                            + " founder.",
            mixinStandardHelpOptions = true)
    static final class Found extends SendingCommand {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "what settlers new wrote")
        private Path file = Path.of("");

        @Option(
                names = "--settler",
                required = true,
                paramLabel = "ID",
                converter = Converters.Id.class,
                description = "an account that settles; one for each settler, at most 16")
        private List<AccountId> settlers = List.of();

        @Option(
                names = "--quorum",
                required = true,
                paramLabel = "N",
                description = "how many of them must agree")
        private int quorum;

        @Option(
                names = "--objections",
                required = true,
                paramLabel = "SPAN",
                converter = Converters.Span.class,
                description = "how long a month's claims wait for objections, such as P3D")
        private Duration objections = Duration.ZERO;

        @Option(
                names = "--file-passphrase-file",
                paramLabel = "FILE",
                description = "takes the settlers' file's passphrase from a file's first line")
        private Optional<Path> filePassphrase = Optional.empty();

        @Override
        Proposal proposal() throws IOException {
            KeyOptions words = KeyOptions.ofFile(filePassphrase);
            SharedSalts salts = open(spec, words, file);
            Settlers named =
                    new Settlers(
                            List.copyOf(new TreeSet<>(settlers)), quorum, objections.toMillis());
            Step step =
                    new Step.Energy(
                            Recomputation.founding(
                                    CommunityCodec.decode(salts.founded()).terms(),
                                    salts.salt(),
                                    named));
            return new Proposal(
                    Envelope.EMPTY,
                    Optional.empty(),
                    _ -> List.of(step),
                    _ -> new LinkedHashMap<>());
        }
    }

    /// `settlers take`.
    @Command(
            name = "take",
            description =
                    "Takes a settlers' file in at a node: makes its keys and its vault, or adds"
                            + " keys of new members. The node must not run.",
            mixinStandardHelpOptions = true)
    static final class Take implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private KeyOptions passphrase = new KeyOptions();

        @Parameters(paramLabel = "FILE", description = "what settlers new wrote")
        private Path file = Path.of("");

        @Option(
                names = "--dir",
                required = true,
                paramLabel = "DIR",
                description = "the node's folder, where its ledger lies")
        private Path folder = Path.of("");

        @Override
        public Integer call() throws IOException, Refused {
            SharedSalts salts = open(spec, passphrase, file);
            Disk disk = new RealDisk();
            try (FolderLock _ = FolderLock.take(folder, disk)) {
                SettlersFolder.take(folder, salts, disk, new SecureRandom());
            }
            spec.commandLine()
                    .getOut()
                    .println(
                            "%s: settles %s with the keys of %d members"
                                    .formatted(folder, salts.name(), salts.members().size()));
            return Sending.DONE;
        }
    }

    private static SharedSalts open(CommandSpec spec, KeyOptions words, Path file)
            throws IOException {
        SharedSalts.Sealed read = SharedSalts.read(file);
        return read.isSealed() ? read.open(words.existing(spec, file)) : read.open();
    }
}
