package mitoyen.node.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Parameters;
import mitoyen.node.input.CheckFailed;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.NamedFile;
import mitoyen.node.transaction.Signable;
import mitoyen.node.transaction.TransactionFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tx`: any transaction, from a file, with any number of steps and signers.
@Command(
        name = "tx",
        description = {
            "Signs a transaction written in JSON or YAML, with any number of steps, and sends it.",
            "With --out it goes to a file instead, which others sign and send."
        },
        mixinStandardHelpOptions = true,
        subcommands = {TxCommand.Show.class, TxCommand.Sign.class, TxCommand.Send.class})
public final class TxCommand extends SendingCommand {
    @CommandLine.Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "the fields of transaction-2 in docs/spec/ledger.cddl")
    private Optional<Path> file = Optional.empty();

    @Override
    Proposal proposal() throws IOException, InputMistakes {
        TransactionFile read =
                TransactionFile.read(file.orElseThrow(() -> misuse("name the transaction's file")));
        return new Proposal(
                read.envelope(), Optional.empty(), _ -> read.steps(), _ -> new LinkedHashMap<>());
    }

    /// `tx show`.
    @Command(
            name = "show",
            description =
                    "Shows what a signed transaction says, from its bytes, and who signed it.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private SendOptions options = new SendOptions();

        @CommandLine.Parameters(paramLabel = "FILE", description = "what --out wrote")
        private Path file = Path.of("");

        @Override
        public Integer call() throws IOException {
            Signable signed = read(file);
            Sending sending = new Sending(spec, options);
            sending.describe(signed);
            Reply reply = sending.reply();
            List<String> signatures =
                    signed.signatures().stream()
                            .map(each ->
                                    (signed.holds(each) ? "signed by " : "NOT signed by ")
                                            + each.key())
                            .toList();
            signatures.forEach(reply::line);
            reply.put("signatures", signatures);
            reply.tell("diagnostic", signed.diagnostic());
            reply.end();
            boolean all = signed.signatures().stream().allMatch(signed::holds);
            return all ? Sending.DONE : Sending.REFUSED;
        }
    }

    /// `tx sign`.
    @Command(
            name = "sign",
            description = "Adds signatures to a transaction, in its file or in the one of --out.",
            mixinStandardHelpOptions = true)
    static final class Sign implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private SendOptions options = new SendOptions();

        @CommandLine.Parameters(paramLabel = "FILE", description = "what --out wrote")
        private Path file = Path.of("");

        @Override
        public Integer call() throws IOException, CheckFailed {
            new Sending(spec, options).countersign(read(file), file);
            return Sending.DONE;
        }
    }

    /// `tx send`.
    @Command(
            name = "send",
            description = "Sends a signed transaction as it is; sent again, it is done once.",
            mixinStandardHelpOptions = true)
    static final class Send implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private SendOptions options = new SendOptions();

        @CommandLine.Parameters(paramLabel = "FILE", description = "what --out wrote")
        private Path file = Path.of("");

        @Override
        public Integer call() throws IOException, CheckFailed {
            return new Sending(spec, options).resend(read(file), file);
        }
    }

    private static Signable read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = NamedFile.open(file)) {
            bytes = in.readNBytes(Parameters.STANDARD.transactionBytes() + 1);
        }
        try {
            return Signable.decode(bytes);
        } catch (CborException malformed) {
            throw new IOException(
                    file
                            + ": not a signed transaction: "
                            + malformed.getMessage()
                            + "; name a file that --out wrote",
                    malformed);
        }
    }
}
