package mitoyen.node.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import mitoyen.node.input.CheckFailed;
import mitoyen.node.input.InputMistakes;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command that signs a transaction and sends it.
abstract class SendingCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private SendOptions options = new SendOptions();

    @Override
    public final Integer call() throws IOException, CheckFailed, InputMistakes {
        return new Sending(spec, options).send(proposal());
    }

    /// What is asked for.
    abstract Proposal proposal() throws IOException, InputMistakes;

    /// Bad usage, in words that name the option.
    final ParameterException misuse(String line) {
        return new ParameterException(spec.commandLine(), line);
    }
}
