package mitoyen.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// How the program's help fits the terminal.
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

    private static void requireWithin(CommandLine command) {
        int width = command.getUsageHelpWidth();
        assertThat(command.getUsageMessage().lines())
                .as(command.getCommandSpec().qualifiedName())
                .allSatisfy(line -> assertThat(line.stripTrailing()).hasSizeLessThan(width + 1));
        command.getSubcommands().values().forEach(MitoyenTest::requireWithin);
    }
}
