package mitoyen.simulator.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `./mitoyen example DIR`: writes the readings of the example month. Hidden, because only those
/// who change the model need it.
@Command(
        name = "example",
        hidden = true,
        description = "Writes the readings of examples/confluence anew.",
        mixinStandardHelpOptions = true)
public final class ExampleCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder, such as examples/confluence.")
    private Path dir = Path.of(".");

    /// Writes both files.
    ///
    /// @return 0
    @Override
    public Integer call() throws IOException {
        write("readings-" + ExampleMonth.MONTH + ".csv", ExampleMonth.readings());
        write("revised/readings-" + ExampleMonth.REVISED_DAY + ".csv", ExampleMonth.revisedDay());
        return 0;
    }

    private void write(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
        System.out.println("Wrote " + file);
    }
}
