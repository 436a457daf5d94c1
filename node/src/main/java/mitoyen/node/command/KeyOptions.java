package mitoyen.node.command;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import mitoyen.node.input.NamedFile;
import mitoyen.node.keys.KeyFile;
import mitoyen.node.keys.Passphrase;
import mitoyen.node.keys.SigningKey;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Where the passphrase of a key file comes from: the terminal, a file, or the environment; never
/// the command line, which others can see.
final class KeyOptions {
    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "takes the passphrase from a file's first line")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--passphrase-env",
            paramLabel = "NAME",
            description = "takes the passphrase from an environment variable")
    private Optional<String> variable = Optional.empty();

    /// Those that name this file, or none.
    static KeyOptions ofFile(Optional<Path> file) {
        KeyOptions options = new KeyOptions();
        options.file = file;
        return options;
    }

    /// The key of a file.
    ///
    /// @throws IOException if the passphrase is wrong
    SigningKey open(CommandSpec spec, KeyFile key) throws IOException {
        return key.isSealed() ? key.open(existing(spec, key.file())) : key.open();
    }

    /// The passphrase of a file that is there.
    Passphrase existing(CommandSpec spec, Path of) throws IOException {
        return passphrase(spec, "Passphrase of " + of + ": ");
    }

    /// The passphrase that a new file is sealed under: on a terminal it is asked for twice.
    ///
    /// @throws IOException before anybody types one, if the file is there or its folder is not
    Passphrase fresh(CommandSpec spec, Path of) throws IOException {
        NamedFile.requireRoom(of);
        Passphrase first = passphrase(spec, "New passphrase of " + of + ": ");
        if (!first.isLongEnough()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the passphrase has fewer than "
                            + Passphrase.FEWEST_CHARACTERS
                            + " characters");
        }
        if (file.isEmpty() && variable.isEmpty()) {
            Passphrase second = passphrase(spec, "The same again: ");
            if (!first.matches(second)) {
                throw new IOException("the passphrases differ; nothing was written, try again");
            }
        }
        return first;
    }

    /// Whether a passphrase is named, so that a bare file is not what is wanted.
    boolean isNamed() {
        return file.isPresent() || variable.isPresent();
    }

    private Passphrase passphrase(CommandSpec spec, String prompt) throws IOException {
        if (file.isPresent() && variable.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--passphrase-file and --passphrase-env: give one of them");
        }
        if (file.isPresent()) {
            return checked(spec, "--passphrase-file", NamedFile.firstLine(file.get()));
        }
        if (variable.isPresent()) {
            String value = System.getenv(variable.get());
            return checked(spec, "--passphrase-env", value == null ? "" : value);
        }
        Console console =
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .orElseThrow(() ->
                                new ParameterException(
                                        spec.commandLine(),
                                        "there is no terminal to ask for a passphrase on; give"
                                                + " --passphrase-file or --passphrase-env"));
        char[] typed = console.readPassword("%s", prompt);
        String text = typed == null ? "" : new String(typed);
        if (typed != null) {
            Arrays.fill(typed, ' ');
        }
        return checked(spec, "the passphrase", text);
    }

    private static Passphrase checked(CommandSpec spec, String source, String text) {
        try {
            return new Passphrase(text);
        } catch (IllegalArgumentException empty) {
            throw new ParameterException(
                    spec.commandLine(), source + ": there is no passphrase in it", empty);
        }
    }
}
