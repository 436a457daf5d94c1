package mitoyen.node.command;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.Limit;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `asset`: what there is to hold and transfer, and how much of it.
@Command(
        name = "asset",
        description = "Creates an asset, brings more of it into being, and limits who may owe it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AssetCommand.Create.class,
            AssetCommand.Mint.class,
            AssetCommand.Burn.class,
            AssetCommand.SetLimit.class
        })
public final class AssetCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// `asset create`.
    @Command(
            name = "create",
            description = "Creates an asset, signed by the ledger's founder. It stays as it is.",
            mixinStandardHelpOptions = true)
    static final class Create extends SendingCommand {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(
                paramLabel = "CODE",
                converter = Converters.Code.class,
                description = "1 to 16 letters, digits and hyphens")
        private Optional<Asset> code = Optional.empty();

        @Option(
                names = "--issuer",
                required = true,
                paramLabel = "ID",
                converter = Converters.Id.class,
                description = "who mints and burns it, and sets limits")
        private Optional<AccountId> issuer = Optional.empty();

        @Option(
                names = "--purpose",
                required = true,
                paramLabel = "TEXT",
                description = "what it is for; the ledger holds the text's SHA-256")
        private String purpose = "";

        @Option(
                names = "--step",
                paramLabel = "AMOUNT",
                defaultValue = "1u",
                description = "what amounts are multiples of (default: the smallest unit)")
        private String step = "1u";

        @Option(
                names = "--cap",
                paramLabel = "AMOUNT",
                defaultValue = "0u",
                description = "the most that may be out (default: 0, nothing is ever minted)")
        private String cap = "0u";

        @Option(
                names = "--owing",
                paramLabel = "AMOUNT",
                defaultValue = "0u",
                description = "how far below zero an account may go (default: 0)")
        private String owing = "0u";

        @Option(
                names = "--verify-above",
                paramLabel = "AMOUNT",
                description = "above what passkeys verify their user (default: never)")
        private Optional<String> verifyAbove = Optional.empty();

        @Override
        Proposal proposal() {
            Digest hash = Sha256.of(purpose.getBytes(StandardCharsets.UTF_8));
            return Proposal.of(
                    Optional.empty(),
                    new AccountTransaction.CreateAsset(
                            new AssetTerms(
                                    code.orElseThrow(),
                                    amount("--step", step),
                                    amount("--cap", cap),
                                    amount("--owing", owing),
                                    issuer.orElseThrow(),
                                    verifyAbove
                                            .map(text -> amount("--verify-above", text))
                                            .orElse(new Amount(Long.MAX_VALUE)),
                                    hash)));
        }

        private Amount amount(String option, String text) {
            return AmountOptions.parse(spec, option, code.orElseThrow(), text);
        }
    }

    /// `asset mint`.
    @Command(
            name = "mint",
            description = "Brings more of an asset into being, signed by its issuer.",
            mixinStandardHelpOptions = true)
    static final class Mint extends SendingCommand {
        @Option(
                names = "--to",
                required = true,
                paramLabel = "ID",
                converter = Converters.Id.class,
                description = "who gets it")
        private Optional<AccountId> to = Optional.empty();

        @Mixin private AmountOptions amount = new AmountOptions();
        @Mixin private ReferenceOptions reference = new ReferenceOptions();

        @Override
        Proposal proposal() {
            return Proposal.of(
                    Optional.empty(),
                    new AccountTransaction.Mint(
                            amount.asset(), to.orElseThrow(), amount.amount(), reference.digest()),
                    _ -> reference.notes());
        }
    }

    /// `asset burn`.
    @Command(
            name = "burn",
            description = "Takes some of an asset, which its issuer holds, out of being.",
            mixinStandardHelpOptions = true)
    static final class Burn extends SendingCommand {
        @Mixin private AmountOptions amount = new AmountOptions();
        @Mixin private ReferenceOptions reference = new ReferenceOptions();

        @Override
        Proposal proposal() {
            return Proposal.of(
                    Optional.empty(),
                    new AccountTransaction.Burn(
                            amount.asset(), amount.amount(), reference.digest()),
                    _ -> reference.notes());
        }
    }

    /// `asset limit`.
    @Command(
            name = "limit",
            description =
                    "Sets what an account may do with an asset, signed by the asset's issuer.",
            mixinStandardHelpOptions = true)
    static final class SetLimit extends SendingCommand {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--account",
                required = true,
                paramLabel = "ID",
                converter = Converters.Id.class,
                description = "whose")
        private Optional<AccountId> account = Optional.empty();

        @Option(
                names = "--asset",
                required = true,
                paramLabel = "CODE",
                converter = Converters.Code.class,
                description = "the asset, such as EUR")
        private Optional<Asset> asset = Optional.empty();

        @Option(
                names = "--owing",
                required = true,
                paramLabel = "AMOUNT",
                description = "how far below zero it may go")
        private String owing = "";

        @Option(names = "--only-receives", description = "nothing may go from it")
        private boolean onlyReceives;

        @Override
        Proposal proposal() {
            return Proposal.of(
                    Optional.empty(),
                    new AccountTransaction.SetLimit(
                            new Limit(
                                    account.orElseThrow(),
                                    asset.orElseThrow(),
                                    AmountOptions.parse(
                                            spec, "--owing", asset.orElseThrow(), owing),
                                    onlyReceives)));
        }
    }
}
