package mitoyen.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import mitoyen.node.Mitoyen;
import mitoyen.simulator.model.Neighbourhood;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SettleBenchTest {
    @Test
    void a_small_town_gives_every_figure_and_leaves_nothing_behind(@TempDir Path folder)
            throws IOException {
        Path json = folder.resolve("settle.json");
        List<Path> before = leftovers();
        int status =
                new CommandLine(new BenchCommand(List.of(new SettleBench(3, 1, 2, 2))))
                        .execute("settle", "--json", json.toString());

        assertThat(status).isZero();
        JsonNode figures = new JsonMapper().readTree(json.toFile());
        assertThat(figures.path("rows").asInt()).isEqualTo(3 * 2 * 96);
        for (String key :
                List.of("settleRowsPerSecond", "parseRowsPerSecond", "parseRatio", "peakMiB")) {
            assertThat(figures.path(key).asDouble()).as(key).isPositive();
        }
        // Of so few rows it is a thousandth, and on a busy disk less than is written of it.
        assertThat(figures.path("ratio").isNumber()).isTrue();
        assertThat(figures.path("ratio").asDouble()).isBetween(0.0, 0.5);
        assertThat(figures.path("peakMiB").asLong()).isBetween(30L, 4_096L);
        assertThat(leftovers()).isEqualTo(before);
    }

    @Test
    void an_unknown_benchmark_is_bad_usage() {
        assertThat(new CommandLine(new BenchCommand(List.of(SettleBench.YEAR))).execute("settel"))
                .isEqualTo(Mitoyen.BAD_INPUT);
    }

    @Test
    void a_shuffled_file_has_the_same_rows_in_another_order(@TempDir Path folder)
            throws IOException {
        Neighbourhood town = Neighbourhood.town(1, ZoneId.of("Europe/Paris"), 15, 3, 1);
        YearFile year = new YearFile(town, LocalDate.of(2025, 10, 25), 2);
        year.writeByTime(folder.resolve("time.csv"), line -> {});
        year.writeShuffled(folder.resolve("shuffled.csv"), line -> {});

        List<String> byTime = Files.readAllLines(folder.resolve("time.csv"));
        List<String> shuffled = Files.readAllLines(folder.resolve("shuffled.csv"));
        assertThat(shuffled).isNotEqualTo(byTime).containsExactlyInAnyOrderElementsOf(byTime);
        assertThat(shuffled.getFirst()).isEqualTo(byTime.getFirst());
        assertThat(byTime).hasSize(1 + 3 * (96 + 100)).doesNotHaveDuplicates();
    }

    private static List<Path> leftovers() throws IOException {
        List<Path> found = new ArrayList<>();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (var entries = Files.newDirectoryStream(temporary, "mitoyen-bench-settle*")) {
            entries.forEach(found::add);
        }
        return found;
    }
}
