package mitoyen.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.AccountId;
import mitoyen.node.keys.KeyFile;
import mitoyen.node.keys.KeyKind;
import mitoyen.node.keys.Keys;
import mitoyen.node.keys.Passphrase;
import mitoyen.node.keys.SigningKey;
import mitoyen.node.settlement.Archive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `key`: the files of keys that sign.
@Command(
        name = "key",
        description = "Makes a key file, shows it, and replaces its key by a new one.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeyCommand.New.class, KeyCommand.Show.class, KeyRotation.class})
public final class KeyCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// `key new`.
    @Command(
            name = "new",
            description = "Makes a key and writes it to a file, sealed under a passphrase.",
            mixinStandardHelpOptions = true)
    static final class New implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private KeyOptions passphrase = new KeyOptions();
        @Mixin private Bareness bareness = new Bareness();

        @Parameters(paramLabel = "FILE", description = "where it goes; none may be there")
        private Path file = Path.of("");

        @Option(
                names = "--account",
                paramLabel = "ID",
                converter = Converters.Id.class,
                description = "the account it signs for (default: the one that follows from it)")
        private Optional<AccountId> account = Optional.empty();

        @Option(
                names = "--of",
                paramLabel = "DIR",
                description =
                        "takes the key that founded this folder's ledger instead of a new one")
        private Optional<Path> founded = Optional.empty();

        @Option(
                names = "--p256",
                description =
                        "makes a key of P-256, which phones and smart cards have, and not one"
                                + " of Ed25519")
        private boolean p256;

        @Option(names = "--json", description = "prints the answer as JSON")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            if (p256 && founded.isPresent()) {
                throw new ParameterException(
                        spec.commandLine(), "--p256: a founder's key is of Ed25519; leave it out");
            }
            KeyKind kind = p256 ? KeyKind.P256 : KeyKind.ED25519;
            SecureRandom chance = new SecureRandom();
            SigningKey key =
                    founded.isPresent() ? founder(founded.get()) : SigningKey.fresh(kind, chance);
            KeyFile written =
                    KeyFile.create(
                            file,
                            key,
                            account.orElse(AccountId.of(key.key())),
                            bareness.passphrase(spec, passphrase, file),
                            chance,
                            new RealDisk());
            show(spec, json, written);
            return Sending.DONE;
        }
    }

    private static SigningKey founder(Path folder) throws IOException {
        return Keys.find(Archive.keys(folder))
                .map(keys -> new SigningKey(keys.community().signing()))
                .orElseThrow(() ->
                        new IOException(
                                folder
                                        + ": holds no keys; name a folder that settle"
                                        + " wrote to or that a node founded"));
    }

    /// `key show`.
    @Command(
            name = "show",
            description = "Shows a file's public key and account; takes no passphrase.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "what key new wrote")
        private Path file = Path.of("");

        @Option(names = "--json", description = "prints the answer as JSON")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            show(spec, json, KeyFile.read(file));
            return Sending.DONE;
        }
    }

    /// Whether a new key file is to be bare.
    static final class Bareness {
        @Option(
                names = "--no-passphrase",
                description = "leaves the new key bare: whoever reads the file has it")
        private boolean bare;

        /// What a new file is sealed under, if it is.
        Optional<Passphrase> passphrase(CommandSpec spec, KeyOptions named, Path file)
                throws IOException {
            if (bare && named.isNamed()) {
                throw new ParameterException(
                        spec.commandLine(), "--no-passphrase: a passphrase is given as well");
            }
            return bare ? Optional.empty() : Optional.of(named.fresh(spec, file));
        }

        boolean isBare() {
            return bare;
        }
    }

    private static void show(CommandSpec spec, boolean json, KeyFile file) {
        Reply reply = new Reply(spec, json);
        reply.put("file", file.file().toString());
        reply.tell("key", file.key().toString());
        reply.tell("account", file.account().toString());
        reply.put("sealed", file.isSealed());
        reply.line(file.isSealed() ? "sealed under a passphrase" : "bare: without a passphrase");
        reply.end();
    }
}
