package mitoyen.node.command;

import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `transfer`: an amount from one account to another, at once.
@Command(
        name = "transfer",
        description = "Moves an amount from one account to another.",
        mixinStandardHelpOptions = true)
public final class TransferCommand extends SendingCommand {
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

    @Mixin private AmountOptions amount = new AmountOptions();
    @Mixin private ReferenceOptions reference = new ReferenceOptions();

    @Override
    Proposal proposal() {
        return Proposal.of(
                from,
                new AccountTransaction.Move(
                        amount.asset(),
                        from.orElseThrow(),
                        to.orElseThrow(),
                        amount.amount(),
                        reference.digest()),
                _ -> reference.notes());
    }
}
