package mitoyen.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import mitoyen.node.command.AccountCommand;
import mitoyen.node.command.AssetCommand;
import mitoyen.node.command.BackupCommand;
import mitoyen.node.command.Commands;
import mitoyen.node.command.Convert;
import mitoyen.node.command.HoldCommand;
import mitoyen.node.command.JoinCommand;
import mitoyen.node.command.KeyCommand;
import mitoyen.node.command.NetworkCommand;
import mitoyen.node.command.Node;
import mitoyen.node.command.ProofCommand;
import mitoyen.node.command.RestoreCommand;
import mitoyen.node.command.Serve;
import mitoyen.node.command.Settle;
import mitoyen.node.command.SettlersCommand;
import mitoyen.node.command.TestnetCommand;
import mitoyen.node.command.TransferCommand;
import mitoyen.node.command.TxCommand;
import mitoyen.node.command.Verify;
import mitoyen.node.input.CheckFailed;
import mitoyen.node.input.DiskFailure;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// The program's root command.
@Command(
        name = "mitoyen",
        description = "The shared ledger of a neighbourhood.",
        mixinStandardHelpOptions = true,
        version = "mitoyen 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Settle.class,
            Convert.class,
            Verify.class,
            Serve.class,
            Node.class,
            JoinCommand.class,
            NetworkCommand.class,
            TestnetCommand.class,
            KeyCommand.class,
            AccountCommand.class,
            TransferCommand.class,
            HoldCommand.class,
            AssetCommand.class,
            SettlersCommand.class,
            TxCommand.class,
            ProofCommand.class,
            BackupCommand.class,
            RestoreCommand.class
        })
public final class Mitoyen implements Runnable {
    /// Done, or it holds.
    public static final int DONE = 0;

    /// Refused, or a check failed.
    public static final int REFUSED = 1;

    /// Bad usage or bad input: nothing was changed.
    public static final int BAD_INPUT = 2;

    private static final int NARROWEST_HELP = 55;
    private static final int WIDEST_HELP = 80;

    /// Runs one command and ends the process with its status.
    public static void main(String[] arguments) {
        // A number is written in the same digits in every country: others compare it, or connect.
        Locale.setDefault(Locale.ROOT);
        StandardOutput standard = StandardOutput.install();
        int status = run(arguments);
        System.out.flush();
        System.exit(standard.findFailure().map(Mitoyen::explainLost).orElse(status));
    }

    /// Runs one command.
    ///
    /// @return the exit status: 0 done, 1 refused, 2 bad usage or input
    public static int run(String... arguments) {
        return program().execute(arguments);
    }

    /// The program with all its commands, those of other modules included.
    public static CommandLine program() {
        CommandLine program = new CommandLine(new Mitoyen());
        for (Commands commands : ServiceLoader.load(Commands.class)) {
            commands.list().forEach(program::addSubcommand);
        }
        return program.registerConverter(int.class, Mitoyen::wholeNumber)
                .registerConverter(Integer.class, Mitoyen::wholeNumber)
                .registerConverter(long.class, Mitoyen::longNumber)
                .registerConverter(Path.class, Mitoyen::path)
                .setUsageHelpWidth(
                        helpWidth(Optional.ofNullable(System.getenv("COLUMNS")).orElse("")))
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> explain(failure, command))
                .setParameterExceptionHandler((misuse, arguments) -> explain(misuse));
    }

    /// How wide a line of a help may be [characters]: what the terminal says that it has, but no
    /// less than columns of options need, and no more than is read with ease.
    static int helpWidth(String columns) {
        return columns.matches("[0-9]{1,9}")
                ? Math.clamp(Integer.parseInt(columns), NARROWEST_HELP, WIDEST_HELP)
                : WIDEST_HELP;
    }

    /// Without a command there is only the help to show.
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    private static Integer wholeNumber(String text) {
        try {
            return Math.toIntExact(longNumber(text));
        } catch (ArithmeticException large) {
            throw noWholeNumber(text);
        }
    }

    private static Long longNumber(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException malformed) {
            throw noWholeNumber(text);
        }
    }

    private static TypeConversionException noWholeNumber(String text) {
        return new TypeConversionException(text + " is not a whole number, or is too large");
    }

    /// A path that somebody wrote: to the platform an empty one is the folder that one is in, but
    /// who writes one forgot to fill in a variable.
    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("the path is empty");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw new TypeConversionException(text + " is no path on this machine");
        }
    }

    /// Bad usage, in one line.
    private static int explain(ParameterException misuse) {
        String command = misuse.getCommandLine().getCommandSpec().qualifiedName();
        misuse.getCommandLine()
                .getErr()
                .println(command + ": " + misuse.getMessage() + "; see " + command + " --help");
        return BAD_INPUT;
    }

    private static int explain(Exception failure, CommandLine command) {
        command.getErr()
                .println(
                        switch (failure) {
                            case Refused refused -> refused.getMessage();
                            case CheckFailed failed -> failed.getMessage();
                            case InputMistakes mistakes -> mistakes.getMessage();
                            case IOException unreadable ->
                                    "mitoyen: " + DiskFailure.describe(unreadable);
                            default -> "mitoyen: a fault of the program itself: " + trace(failure);
                        });
        return failure instanceof IOException || failure instanceof InputMistakes
                ? BAD_INPUT
                : REFUSED;
    }

    /// What was asked for was done or not; nobody can read which.
    private static int explainLost(String why) {
        System.err.println(
                "mitoyen: standard output: "
                        + why
                        + "; not everything that was to be said is written; mend that and ask"
                        + " again");
        return REFUSED;
    }

    private static String trace(Exception failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
