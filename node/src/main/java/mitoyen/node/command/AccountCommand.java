package mitoyen.node.command;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.node.client.LedgerClient;
import mitoyen.node.input.CheckFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `account`: who stands behind an account.
@Command(
        name = "account",
        description = "Shows an account, opens it, and says who signs for it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AccountCommand.Show.class,
            AccountCommand.Open.class,
            AccountCommand.Signers.class,
            DelegationCommands.Delegate.class,
            DelegationCommands.Revoke.class,
            RecoveryCommands.SetGuardians.class,
            RecoveryCommands.Recover.class,
            RecoveryCommands.Cancel.class,
            AccountCommand.Close.class
        })
public final class AccountCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// The account that a command is about.
    static final class Named {
        @Parameters(
                index = "0",
                paramLabel = "ID",
                converter = Converters.Id.class,
                description = "the account, mit1...")
        private Optional<AccountId> account = Optional.empty();

        /// Its id, which the command line cannot be without.
        AccountId id() {
            return account.orElseThrow();
        }
    }

    /// `account show`.
    @Command(
            name = "show",
            description = "Shows what an account holds and who signs for it.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private NodeOptions node = new NodeOptions();
        @Mixin private Named account = new Named();

        @Override
        public Integer call() throws IOException, CheckFailed {
            try (LedgerClient client = node.connect(spec)) {
                node.status(client, Optional.empty());
                new Shown(spec, node.json())
                        .account(
                                client.findAccount(account.id())
                                        .orElseThrow(() ->
                                                new CheckFailed(
                                                        account.id()
                                                                + ": the node knows nothing of"
                                                                + " this account")));
            }
            return Sending.DONE;
        }
    }

    /// `account open`.
    @Command(
            name = "open",
            description = "Opens an account for its signers, signed by the ledger's founder.",
            mixinStandardHelpOptions = true)
    static final class Open extends SendingCommand {
        @Parameters(
                arity = "0..1",
                paramLabel = "ID",
                converter = Converters.Id.class,
                description = "the account (default: the one that follows from its only signer)")
        private Optional<AccountId> account = Optional.empty();

        @Mixin private SignerOptions signers = new SignerOptions();

        @Override
        Proposal proposal() {
            AccountId opened =
                    account.or(() -> signers.single().map(only -> AccountId.of(only.key())))
                            .orElseThrow(() ->
                                    misuse("several signers: name the account that they open"));
            return Proposal.of(
                    Optional.empty(), new AccountTransaction.OpenAccount(opened, signers.set()));
        }
    }

    /// `account signers`.
    @Command(
            name = "signers",
            description = "Gives an account other signers; those it has count for nothing then.",
            mixinStandardHelpOptions = true)
    static final class Signers extends SendingCommand {
        @Mixin private Named account = new Named();
        @Mixin private SignerOptions signers = new SignerOptions();

        @Override
        Proposal proposal() {
            return Proposal.of(
                    Optional.of(account.id()),
                    new AccountTransaction.SetSigners(account.id(), signers.set()));
        }
    }

    /// `account close`.
    @Command(
            name = "close",
            description = "Closes an account for good.",
            mixinStandardHelpOptions = true)
    static final class Close extends SendingCommand {
        @Mixin private Named account = new Named();

        @Override
        Proposal proposal() {
            return Proposal.of(
                    Optional.of(account.id()), new AccountTransaction.CloseAccount(account.id()));
        }
    }
}
