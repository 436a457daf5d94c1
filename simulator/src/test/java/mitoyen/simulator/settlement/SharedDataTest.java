package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real homes, converted, settled and verified by the commands alone (issue 3, section 7). Skipped
/// where the data is absent.
class SharedDataTest {
    private static final Path DATA =
            Path.of(System.getProperty("mitoyen.root")).resolve("../shared/data").normalize();

    @TempDir private Path temporary;

    /// The operator's values by its own arithmetic, and as it gave them.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void every_value_of_the_austrian_operator_is_met(boolean fromOperator) throws IOException {
        Path report = data("at_eeg_2023-08/eeg_15min.csv");
        settle("at-eeg", report, fromOperator ? new String[] {"--operator"} : new String[0]);
        Map<String, String[]> allocations = allocations();
        List<String> rows = Files.readAllLines(report);
        List<String> titles = List.of(rows.getFirst().split(",", -1));
        int values = 0;
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            for (int column = 1; column < cells.length; column++) {
                String title = titles.get(column);
                boolean covered = title.endsWith("_covered_kwh");
                if (covered || title.endsWith("_surplus_kwh")) {
                    String meter = title.substring(0, title.indexOf('_')).toUpperCase(Locale.ROOT);
                    String[] found = allocations.get(vienna(cells[0]) + "," + meter);
                    assertThat(new BigDecimal(Objects.requireNonNull(found)[covered ? 3 : 7]))
                            .as("%s at %s", title, cells[0])
                            .isEqualByComparingTo(cells[column]);
                    values++;
                }
            }
        }
        assertThat(values).isEqualTo(2_976 * 9);
        assertThat(allocations).hasSize(2_976 * 9);
    }

    @Test
    void a_home_in_sydney_settles_a_year_and_is_verified() throws IOException {
        settle("ausgrid", data("ausgrid_customer12/data_2011-2012.csv"));
        assertThat(allocations()).hasSizeGreaterThanOrEqualTo(17_568);
    }

    @Test
    void seventeen_homes_settle_a_year_and_are_verified() throws IOException {
        settle("citylearn", data("citylearn_2022/homes_hourly.csv"));
        assertThat(allocations()).hasSizeGreaterThanOrEqualTo(8_760 * 17);
    }

    private void settle(String kind, Path file, String... options) {
        Path readings = temporary.resolve("readings.csv");
        Path community = temporary.resolve("community.yaml");
        Object[] convert = {"convert", kind, file, "--out", readings, "--community", community};
        Object[] all = Arrays.copyOf(convert, convert.length + options.length);
        System.arraycopy(options, 0, all, convert.length, options.length);
        done(all);
        done("settle", "--community", community, "--readings", readings, "--out", out());
        assertThat(done("verify", out())).contains(" settlements=recomputed anchored=yes");
    }

    private static String done(Object... arguments) {
        Street.Said said = Street.mitoyen(arguments);
        assertThat(said.status()).as(said.err()).isZero();
        return said.out();
    }

    /// The rows of `allocations.csv` by start and meter.
    private Map<String, String[]> allocations() throws IOException {
        Map<String, String[]> allocations = new HashMap<>();
        List<String> rows = Files.readAllLines(out().resolve("allocations.csv"));
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            allocations.put(cells[0] + "," + cells[1], cells);
        }
        return allocations;
    }

    private Path out() {
        return temporary.resolve("out");
    }

    private static String vienna(String local) {
        return LocalDateTime.parse(local).atZone(ZoneId.of("Europe/Vienna")).toInstant().toString();
    }

    private static Path data(String name) {
        Path file = DATA.resolve(name);
        assumeTrue(Files.exists(file), () -> file + " is absent");
        return file;
    }
}
