package mitoyen.node.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.StatePart;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.ProofCodec;
import mitoyen.node.client.LedgerClient;
import mitoyen.node.client.LightSync;
import mitoyen.node.input.CheckFailed;
import mitoyen.node.input.NamedFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `proof`: what a node says, checked here against a root that the user trusts.
@Command(
        name = "proof",
        description = "Has a node prove what it says, and checks the proof here.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ProofCommand.Balance.class,
            ProofCommand.Entry.class,
            ProofCommand.Receipt.class,
            ProofCommand.Growth.class,
            ProofCommand.Light.class,
            ProofCommand.Check.class
        })
public final class ProofCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// `proof balance`.
    @Command(
            name = "balance",
            description = "Proves what an account holds of an asset after the last block.",
            mixinStandardHelpOptions = true)
    static final class Balance implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private ProofOptions options = new ProofOptions();

        @Parameters(
                paramLabel = "ID",
                converter = Converters.Id.class,
                description = "the account, mit1...")
        private Optional<AccountId> account = Optional.empty();

        @Option(
                names = "--asset",
                required = true,
                paramLabel = "CODE",
                converter = Converters.Code.class,
                description = "of what")
        private Optional<Asset> asset = Optional.empty();

        @Override
        public Integer call() throws IOException {
            AccountId id = account.orElseThrow();
            Asset of = asset.orElseThrow();
            return new Proving(spec, options)
                    .entry(
                            "accounts/" + id + "/" + of,
                            StatePart.ACCOUNTS.toString(),
                            of.keyOf(id));
        }
    }

    /// `proof entry`.
    @Command(
            name = "entry",
            description = "Proves what the state holds under a key, or that it holds nothing.",
            mixinStandardHelpOptions = true)
    static final class Entry implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private ProofOptions options = new ProofOptions();

        @Parameters(
                index = "0",
                paramLabel = "PART",
                description = "the part of the state, such as account/holders")
        private String part = "";

        @Parameters(
                index = "1",
                paramLabel = "KEY",
                description = "the entry's key in hexadecimal digits")
        private String key = "";

        @Override
        public Integer call() throws IOException {
            if (StatePart.find(part).isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), part + " is no part of the state; see docs/spec");
            }
            if (!key.matches("([0-9a-f]{2}){1," + ProofCodec.MAX_KEY_LENGTH + "}")) {
                throw new ParameterException(
                        spec.commandLine(),
                        key + " is no key of 1 to 256 bytes in hexadecimal digits");
            }
            return new Proving(spec, options)
                    .entry("entries/" + part + "/" + key, part, ByteString.parseHex(key));
        }
    }

    /// `proof receipt`.
    @Command(
            name = "receipt",
            description = "Proves what the ledger answered to a transaction.",
            mixinStandardHelpOptions = true)
    static final class Receipt implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private ProofOptions options = new ProofOptions();

        @Parameters(paramLabel = "TRANSACTION", description = "its id, 32 hexadecimal digits")
        private String id = "";

        @Option(
                names = "--sent",
                paramLabel = "HASH",
                converter = Converters.Hash.class,
                description =
                        "the SHA-256 of what was sent, where another sender may have taken the same"
                                + " id: --json says it when sending")
        private Optional<Digest> sent = Optional.empty();

        @Override
        public Integer call() throws IOException {
            if (!id.matches("[0-9a-f]{32}")) {
                throw new ParameterException(
                        spec.commandLine(), id + " is not a transaction of 32 hexadecimal digits");
            }
            return new Proving(spec, options)
                    .receipt(new TransactionId(ByteString.parseHex(id)), sent);
        }
    }

    /// `proof growth`.
    @Command(
            name = "growth",
            description = "Proves that the node's ledger goes on from the one that is trusted.",
            mixinStandardHelpOptions = true)
    static final class Growth implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private ProofOptions options = new ProofOptions();

        @Override
        public Integer call() throws IOException {
            return new Proving(spec, options).growth();
        }
    }

    /// `proof light`.
    @Command(
            name = "light",
            description =
                    "Follows the engine's headers from one that is trusted to the last, and says"
                            + " which root over the ledger's blocks its validators signed.",
            mixinStandardHelpOptions = true)
    static final class Light implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private NodeOptions node = new NodeOptions();

        @Option(
                names = "--trust",
                required = true,
                paramLabel = "HEIGHT:HASH",
                converter = Converters.Header.class,
                description = "a header of the engine that is trusted")
        private Optional<LightSync.Trust> trust = Optional.empty();

        @Override
        public Integer call() throws IOException {
            ProofReport report = new ProofReport(spec, node.json());
            try (LedgerClient client = node.connect(spec)) {
                node.status(client, Optional.empty());
                return report.anchored(new Following(report).follow(client, trust.orElseThrow()));
            } catch (CheckFailed refused) {
                return report.refused(refused);
            }
        }
    }

    /// `proof check`.
    @Command(
            name = "check",
            description = "Checks a proof that --out kept; asks no node.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "the proof")
        private Path file = Path.of("");

        @Option(
                names = "--root",
                required = true,
                paramLabel = "HASH",
                converter = Converters.Hash.class,
                description = "the root that is trusted")
        private Optional<Digest> root = Optional.empty();

        @Option(
                names = "--height",
                required = true,
                paramLabel = "H",
                converter = Converters.Height.class,
                description = "how many blocks it covers")
        private long height;

        @Option(
                names = "--later-root",
                paramLabel = "HASH",
                converter = Converters.Hash.class,
                description = "of a proof of growth: the root that it leads to")
        private Optional<Digest> laterRoot = Optional.empty();

        @Option(
                names = "--later-height",
                paramLabel = "H",
                converter = Converters.Height.class,
                description = "how many blocks that covers")
        private Optional<Long> laterHeight = Optional.empty();

        @Option(names = "--json", description = "prints the answer as JSON")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            if (laterRoot.isPresent() != laterHeight.isPresent()) {
                throw new ParameterException(
                        spec.commandLine(), "--later-root and --later-height: give both, or none");
            }
            byte[] proof;
            try (InputStream in = NamedFile.open(file)) {
                proof = in.readNBytes(ProofCodec.MAX_LENGTH + 1);
            }
            LogRoot trusted = new LogRoot(height, root.orElseThrow());
            Optional<LogRoot> later =
                    laterRoot.map(hash -> new LogRoot(laterHeight.orElseThrow(), hash));
            return new ProofReport(spec, json).check(proof, trusted, later);
        }
    }
}
