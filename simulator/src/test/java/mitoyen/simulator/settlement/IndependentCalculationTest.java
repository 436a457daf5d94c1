package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mitoyen.simulator.faults.FaultyDisk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Whole files against a second calculation, street after street made up by seed (issue 3, sections
/// 3 and 4).
class IndependentCalculationTest {
    @TempDir private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"pro-rata", "at-dso", "static", "from-operator"})
    void every_file_is_as_calculated_by_hand(String key) throws Exception {
        compare(key, 1, 6);
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(strings = {"pro-rata", "at-dso", "static", "from-operator"})
    void every_file_of_many_streets_is_as_calculated_by_hand(String key) throws Exception {
        compare(key, 7, 60);
    }

    private void compare(String key, int firstSeed, int lastSeed) throws Exception {
        for (int seed = firstSeed; seed <= lastSeed; seed++) {
            RandomStreet made = RandomStreet.of(seed, key);
            Street street = Street.at(temporary.resolve(key + seed), made.yaml());
            street.run(FaultyDisk.sound(), false, street.file(made.header(), made.rows()));
            NaiveBooks books = new NaiveBooks(made);
            String which = "street %d".formatted(seed);
            assertThat(books.salesCsv()).as(which).isNotEmpty();
            assertThat(books.outside()).as(which).isPositive();
            assertThat(lines(street, "allocations.csv"))
                    .as(which)
                    .isEqualTo(books.allocationsCsv());
            assertThat(lines(street, "sales.csv")).as(which).isEqualTo(books.salesCsv());
            assertThatSummaryIs(street.summary(), books, made, which);
            assertThat(street.verify()).as(which).endsWith(" settlements=recomputed anchored=yes");
        }
    }

    private static void assertThatSummaryIs(
            JsonNode summary, NaiveBooks books, RandomStreet made, String which) {
        for (int home = 0; home < made.homes().size(); home++) {
            assertThat(texts(summary.path("members").path(home)))
                    .as(which)
                    .containsExactlyEntriesOf(books.member(home));
        }
        assertThat(summary.path("members").size()).isEqualTo(made.homes().size());
        assertThat(texts(summary.path("accounts"))).as(which).isEqualTo(books.accounts());
        assertThat(texts(summary.path("energyKwh"))).as(which).isEqualTo(books.energyKwh());
        assertThat(summary.path("selfConsumption").asString()).isEqualTo(books.selfConsumption());
        assertThat(summary.path("selfSufficiency").asString()).isEqualTo(books.selfSufficiency());
        assertThat(summary.path("outside").asInt()).as(which).isEqualTo(books.outside());
        assertThat(summary.path("intervals").asInt()).isEqualTo(made.starts().size());
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asString()));
        return texts;
    }

    private static List<String> lines(Street street, String name) throws Exception {
        return Files.readAllLines(street.out().resolve(name)).stream().skip(1).toList();
    }
}
