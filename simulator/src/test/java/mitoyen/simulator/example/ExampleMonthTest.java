package mitoyen.simulator.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExampleMonthTest {
    private static final Path EXAMPLE =
            Path.of(System.getProperty("mitoyen.root"), "examples", "confluence");

    @Test
    void the_committed_readings_are_what_the_command_writes(@TempDir Path made) throws IOException {
        assertThat(new CommandLine(new ExampleCommand()).execute(made.toString())).isZero();
        try (var files = Files.walk(made)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(EXAMPLE.resolve(made.relativize(file)))
                        .as("run ./mitoyen example examples/confluence")
                        .hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void the_month_has_the_intervals_of_its_calendar() {
        var starts =
                ExampleMonth.readings()
                        .lines()
                        .skip(1)
                        .collect(Collectors.groupingBy(row -> row.substring(0, 25)));

        assertThat(starts).hasSize(31 * 48 + 2);
        assertThat(starts.values()).allMatch(rows -> rows.size() == 11);
        assertThat(starts).containsKeys("2025-10-26T02:30:00+02:00", "2025-10-26T02:30:00+01:00");
    }

    @Test
    void the_revised_day_differs_from_the_first_one() {
        String day = ExampleMonth.REVISED_DAY.toString();
        var first = ExampleMonth.readings().lines().filter(row -> row.startsWith(day)).toList();
        var revised = ExampleMonth.revisedDay().lines().skip(1).toList();

        assertThat(revised).hasSameSizeAs(first).isNotEqualTo(first);
        assertThat(revised).allMatch(row -> row.startsWith(day));
    }

    @Test
    void the_community_has_the_meters_of_the_month() throws IOException {
        String community = Files.readString(EXAMPLE.resolve("community.yaml"));

        assertThat(ExampleMonth.METERS).allMatch(meter -> community.contains('"' + meter + '"'));
    }
}
