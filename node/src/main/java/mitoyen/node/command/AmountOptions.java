package mitoyen.node.command;

import mitoyen.ledger.account.Asset;
import mitoyen.ledger.quantity.Amount;
import mitoyen.node.transaction.AssetAmount;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How much of what.
final class AmountOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--asset",
            required = true,
            paramLabel = "CODE",
            converter = Converters.Code.class,
            description = "the asset, such as EUR")
    private Asset asset = new Asset("EUR");

    @Option(
            names = "--amount",
            required = true,
            paramLabel = "AMOUNT",
            description = "money with a point (12.50), anything else in whole units (12)")
    private String amount = "";

    Asset asset() {
        return asset;
    }

    Amount amount() {
        return parse(spec, "--amount", asset, amount);
    }

    /// The amount that an option says.
    ///
    /// @throws ParameterException if it says none, or could mean two
    static Amount parse(CommandSpec spec, String option, Asset asset, String text) {
        try {
            return AssetAmount.parse(asset, text);
        } catch (IllegalArgumentException unclear) {
            throw new ParameterException(
                    spec.commandLine(), option + ": " + text + " " + unclear.getMessage(), unclear);
        }
    }
}
