package mitoyen.node.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Allowance;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.DelegatedKind;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.SignerKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Keys that may do a little for an account: a car's, a meter's.
final class DelegationCommands {
    private DelegationCommands() {}

    /// `account delegate`.
    @Command(
            name = "delegate",
            description = "Lets a key do a little for an account, up to a limit in each period.",
            mixinStandardHelpOptions = true)
    static final class Delegate extends SendingCommand {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private AccountCommand.Named account = new AccountCommand.Named();

        @Option(
                names = "--to",
                required = true,
                paramLabel = "KEY",
                converter = Converters.Key.class,
                description = "the public key")
        private Optional<SignerKey> key = Optional.empty();

        @Option(
                names = "--may",
                required = true,
                split = ",",
                paramLabel = "KIND",
                converter = Converters.Kind.class,
                description =
                        "transfer, reserve, post, void, mint, open-account; several by commas")
        private List<DelegatedKind> kinds = List.of();

        @Option(
                names = "--limit",
                paramLabel = "ASSET=AMOUNT",
                description = "the most of an asset in a period; give it for each asset")
        private Map<String, String> limits = new TreeMap<>();

        @Option(
                names = "--every",
                paramLabel = "SPAN",
                converter = Converters.Span.class,
                defaultValue = "P1D",
                description = "how long a period is (default: ${DEFAULT-VALUE})")
        private Duration period = Duration.ofDays(1);

        @Option(
                names = "--until",
                required = true,
                paramLabel = "WHEN",
                converter = Converters.Time.class,
                description = "when it ends: a date and time, or a span such as P30D")
        private Converters.Moment until = new Converters.Moment.At(Instant.EPOCH);

        @Option(
                names = "--with",
                paramLabel = "ID",
                converter = Converters.Id.class,
                description = "a counterparty that it may deal with (default: anyone)")
        private List<AccountId> counterparties = List.of();

        @Override
        Proposal proposal() {
            List<Allowance> allowances = new ArrayList<>();
            limits.forEach((code, amount) -> {
                if (!Asset.isCode(code)) {
                    throw misuse("--limit: " + code + " is not an asset");
                }
                Asset asset = new Asset(code);
                allowances.add(
                        Allowance.of(asset, AmountOptions.parse(spec, "--limit", asset, amount)));
            });
            allowances.sort(Comparator.comparing(Allowance::asset));
            LongFunction<Delegation> delegation =
                    now ->
                            new Delegation(
                                    key.orElseThrow(),
                                    kinds.stream().sorted().distinct().toList(),
                                    allowances,
                                    counterparties.stream().sorted().distinct().toList(),
                                    period.toMillis(),
                                    until.millis(now),
                                    0);
            return Proposal.of(
                    Optional.of(account.id()),
                    now -> new AccountTransaction.Delegate(account.id(), delegation.apply(now)));
        }
    }

    /// `account revoke`.
    @Command(
            name = "revoke",
            description = "Takes a delegation back.",
            mixinStandardHelpOptions = true)
    static final class Revoke extends SendingCommand {
        @Mixin private AccountCommand.Named account = new AccountCommand.Named();

        @Parameters(
                index = "1",
                paramLabel = "KEY",
                converter = Converters.Key.class,
                description = "the public key that was let")
        private Optional<SignerKey> key = Optional.empty();

        @Override
        Proposal proposal() {
            return Proposal.of(
                    Optional.of(account.id()),
                    new AccountTransaction.Revoke(account.id(), key.orElseThrow()));
        }
    }
}
