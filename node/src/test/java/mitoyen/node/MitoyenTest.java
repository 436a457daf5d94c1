package mitoyen.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// How the program fits the terminal and the country that it runs in.
final class MitoyenTest {
    @ParameterizedTest
    @CsvSource({"60, 60", "20, 55", "0, 55", "200, 80", "'', 80", "wide, 80", "99999999999, 80"})
    void aHelpIsAsWideAsTheTerminalWithinWhatCanBeRead(String columns, int width) {
        assertThat(Mitoyen.helpWidth(columns)).isEqualTo(width);
    }

    @Test
    void noLineOfAnyHelpIsWiderThanIsSaid() {
        requireWithin(Mitoyen.program().setUsageHelpWidth(Mitoyen.helpWidth("20")));
    }

    /// In Egypt Java writes other digits, which no other node, no browser and no file has.
    @Test
    void numbersAreWrittenInTheSameDigitsInEveryCountry() throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Duser.language=ar",
                                "-Duser.country=EG",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Mitoyen.class.getName(),
                                "testnet",
                                "--validators",
                                "0")
                        .redirectErrorStream(true)
                        .start();
        assertThat(process.inputReader().readAllAsString())
                .contains("a network has 1 to 100 nodes");
    }

    private static void requireWithin(CommandLine command) {
        int width = command.getUsageHelpWidth();
        assertThat(command.getUsageMessage().lines())
                .as(command.getCommandSpec().qualifiedName())
                .allSatisfy(line -> assertThat(line.stripTrailing()).hasSizeLessThan(width + 1));
        command.getSubcommands().values().forEach(MitoyenTest::requireWithin);
    }
}
