package mitoyen.node.command;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.quantity.Amount;
import mitoyen.node.client.LedgerClient;
import mitoyen.node.input.CheckFailed;
import mitoyen.node.transaction.AssetAmount;
import mitoyen.node.transaction.Signable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `hold`: amounts that are reserved first, and moved or released later.
@Command(
        name = "hold",
        description = "Reserves an amount, and moves or releases what is reserved.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            HoldCommand.Reserve.class,
            HoldCommand.Post.class,
            HoldCommand.Release.class,
            HoldCommand.Show.class
        })
public final class HoldCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// `hold reserve`.
    @Command(
            name = "reserve",
            description = "Reserves an amount of the payer for the payee; prints the hold's id.",
            mixinStandardHelpOptions = true)
    static final class Reserve extends SendingCommand {
        @Option(
                names = "--from",
                required = true,
                paramLabel = "ID",
                converter = Converters.Id.class,
                description = "the payer")
        private Optional<AccountId> from = Optional.empty();

        @Option(
                names = "--to",
                required = true,
                paramLabel = "ID",
                converter = Converters.Id.class,
                description = "the payee")
        private Optional<AccountId> to = Optional.empty();

        @Option(
                names = "--expires",
                required = true,
                paramLabel = "WHEN",
                converter = Converters.Time.class,
                description = "when it is released: a date and time, or a span such as PT30M")
        private Converters.Moment expires = new Converters.Moment.At(Instant.EPOCH);

        @Option(
                names = "--arbiter",
                paramLabel = "ID",
                converter = Converters.Id.class,
                description = "who may post and void it beside the payee")
        private Optional<AccountId> arbiter = Optional.empty();

        @Mixin private AmountOptions amount = new AmountOptions();
        @Mixin private ReferenceOptions reference = new ReferenceOptions();

        @Override
        Proposal proposal() {
            return Proposal.of(
                    from,
                    now ->
                            new AccountTransaction.Reserve(
                                    amount.asset(),
                                    from.orElseThrow(),
                                    to.orElseThrow(),
                                    amount.amount(),
                                    expires.millis(now),
                                    arbiter,
                                    reference.digest()),
                    this::notes);
        }

        private SequencedMap<String, String> notes(Signable signable) {
            SequencedMap<String, String> notes = new LinkedHashMap<>();
            notes.put("hold", PendingId.of(signable.contentHash(), 0).toString());
            notes.putAll(reference.notes());
            return notes;
        }
    }

    /// `hold post`.
    @Command(
            name = "post",
            description = "Moves what is reserved, all of it or a part; the rest is released.",
            mixinStandardHelpOptions = true)
    static final class Post extends SendingCommand {
        @Parameters(
                paramLabel = "HOLD",
                converter = Converters.Hold.class,
                description = "the hold's id, 32 hexadecimal digits")
        private Optional<PendingId> hold = Optional.empty();

        @Option(
                names = "--amount",
                paramLabel = "AMOUNT",
                description = "how much of it (default: all); takes --asset as well")
        private Optional<String> amount = Optional.empty();

        @Option(
                names = "--asset",
                paramLabel = "CODE",
                converter = Converters.Code.class,
                description = "the hold's asset, so that the amount is read as it should")
        private Optional<Asset> asset = Optional.empty();

        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        Proposal proposal() {
            if (amount.isPresent() != asset.isPresent()) {
                throw misuse("--amount and --asset: give both, or none to post all");
            }
            Optional<Amount> part =
                    amount.map(text ->
                            AmountOptions.parse(spec, "--amount", asset.orElseThrow(), text));
            return Proposal.of(
                    Optional.empty(),
                    new AccountTransaction.PostPending(hold.orElseThrow(), part),
                    _ -> notes(part));
        }

        /// What is signed names no asset, and so says the part in the ledger's own units.
        private SequencedMap<String, String> notes(Optional<Amount> part) {
            SequencedMap<String, String> notes = new LinkedHashMap<>();
            part.ifPresent(
                    amount -> notes.put("amount", AssetAmount.format(asset.orElseThrow(), amount)));
            return notes;
        }
    }

    /// `hold void`.
    @Command(
            name = "void",
            description = "Releases what is reserved.",
            mixinStandardHelpOptions = true)
    static final class Release extends SendingCommand {
        @Parameters(
                paramLabel = "HOLD",
                converter = Converters.Hold.class,
                description = "the hold's id, 32 hexadecimal digits")
        private Optional<PendingId> hold = Optional.empty();

        @Override
        Proposal proposal() {
            return Proposal.of(
                    Optional.empty(), new AccountTransaction.VoidPending(hold.orElseThrow()));
        }
    }

    /// `hold show`.
    @Command(
            name = "show",
            description = "Shows what is reserved under an id.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private NodeOptions node = new NodeOptions();

        @Parameters(
                paramLabel = "HOLD",
                converter = Converters.Hold.class,
                description = "the hold's id, 32 hexadecimal digits")
        private Optional<PendingId> hold = Optional.empty();

        @Override
        public Integer call() throws IOException, CheckFailed {
            try (LedgerClient client = node.connect(spec)) {
                node.status(client, Optional.empty());
                JsonNode found =
                        client.findHold(hold.orElseThrow())
                                .orElseThrow(() ->
                                        new CheckFailed(
                                                hold.orElseThrow()
                                                        + ": nothing is reserved under this id"));
                new Shown(spec, node.json()).hold(found);
            }
            return Sending.DONE;
        }
    }
}
