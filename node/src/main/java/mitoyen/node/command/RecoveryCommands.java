package mitoyen.node.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Guardians;
import mitoyen.ledger.account.SignerKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What helps when keys are lost.
final class RecoveryCommands {
    private RecoveryCommands() {}

    /// `account guardians`.
    @Command(
            name = "guardians",
            description = "Names who may give an account other signers when its own are lost.",
            mixinStandardHelpOptions = true)
    static final class SetGuardians extends SendingCommand {
        @Mixin private AccountCommand.Named account = new AccountCommand.Named();

        @Option(
                names = "--guardian",
                paramLabel = "ID",
                converter = Converters.Id.class,
                description = "an account that may help")
        private List<AccountId> guardians = List.of();

        @Option(
                names = "--threshold",
                paramLabel = "N",
                description = "how many of them it takes (default: all)")
        private Optional<Integer> threshold = Optional.empty();

        @Option(
                names = "--delay",
                paramLabel = "SPAN",
                converter = Converters.Span.class,
                defaultValue = "P7D",
                description = "how long one can still object (default: ${DEFAULT-VALUE})")
        private Duration delay = Duration.ofDays(7);

        @Option(names = "--none", description = "nobody may any more")
        private boolean none;

        @Override
        Proposal proposal() {
            if (none == !guardians.isEmpty()) {
                throw misuse("--guardian or --none: give one of them");
            }
            Optional<Guardians> named =
                    none
                            ? Optional.empty()
                            : Optional.of(
                                    new Guardians(
                                            guardians.stream().sorted().toList(),
                                            threshold.orElse(guardians.size()),
                                            delay.toMillis()));
            return Proposal.of(
                    Optional.of(account.id()),
                    new AccountTransaction.SetGuardians(account.id(), named));
        }
    }

    /// `account recover`.
    @Command(
            name = "recover",
            description = "Asks for other signers of an account, signed by its guardians.",
            mixinStandardHelpOptions = true)
    static final class Recover extends SendingCommand {
        @Mixin private AccountCommand.Named account = new AccountCommand.Named();
        @Mixin private SignerOptions signers = new SignerOptions();

        @Option(
                names = "--lost",
                paramLabel = "KEY",
                converter = Converters.Key.class,
                description = "a key that counts for nothing from now on")
        private List<SignerKey> lost = List.of();

        @Override
        Proposal proposal() {
            return Proposal.of(
                    Optional.empty(),
                    new AccountTransaction.Recover(
                            account.id(),
                            lost.stream().sorted().distinct().toList(),
                            signers.set()));
        }
    }

    /// `account cancel-recovery`.
    @Command(
            name = "cancel-recovery",
            description = "Objects to a recovery, by any key of the account that is not lost.",
            mixinStandardHelpOptions = true)
    static final class Cancel extends SendingCommand {
        @Mixin private AccountCommand.Named account = new AccountCommand.Named();

        @Override
        Proposal proposal() {
            return Proposal.of(
                    Optional.of(account.id()), new AccountTransaction.CancelRecovery(account.id()));
        }
    }
}
