package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.simulator.faults.FaultyDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a settlement writes into `statements/`, and what it says of those it replaces (EN-54).
class StatementFilesTest {
    private static final String B1_AT_NOON = "2025-10-30T12:00:00+01:00,B1";

    @TempDir private Path temporary;

    @Test
    void a_statement_is_anchored_at_the_first_block_that_holds_all_its_days() throws Exception {
        Street street = Street.at(temporary, Street.LANE);
        street.settle(Street.LANE_READINGS.rows("2025-10-01..2025-10-10"));
        assertThat(table(street, "bruno-2025-10")).contains("\nblock,12,");
        street.settle(Street.LANE_READINGS.rows("2025-10-11..2025-10-16"));
        String waiting = table(street, "bruno-2025-10");
        assertThat(waiting)
                .contains("\nblock,18,", "\nroot," + street.ledger().findRoot(18).orElseThrow());
        street.settle(Street.LANE_READINGS.rows("2025-11-01..2025-11-01"));
        assertThat(table(street, "bruno-2025-10")).isEqualTo(waiting);
        assertThat(table(street, "bruno-2025-11")).contains("\nblock,19,");
    }

    @Test
    void a_days_statement_is_not_anchored_before_its_day() throws Exception {
        Street street = Street.at(temporary, Street.LANE.replace("billing: month", "billing: day"));
        street.settle(Street.LANE_READINGS.rows("2025-10-01..2025-10-10"));
        street.settle(Street.LANE_READINGS.rows("2025-10-11..2025-10-16"));
        assertThat(table(street, "bruno-2025-10-03")).contains("\nblock,12,");
        assertThat(table(street, "bruno-2025-10-15")).contains("\nblock,17,");
    }

    @Test
    void the_communitys_account_sells_under_the_communitys_name_EN_32() throws Exception {
        Street street = Street.at(temporary, Street.LANE.replace("pro-rata", "from-operator"));
        List<String> rows =
                Street.LANE_READINGS.day(LocalDate.of(2025, 10, 30)).stream()
                        .map(row -> row + (row.contains(",B1,") ? ",0.000001,0" : ",0,0"))
                        .toList();
        Path file = street.file(Readings.HEADER + ",allocated_kwh,sold_kwh", rows);
        street.run(FaultyDisk.sound(), false, file);
        assertThat(table(street, "bruno-2025-10")).contains("purchase,community,0.000024,");
        Path page = street.out().resolve("statements/bruno-2025-10.html");
        assertThat(Files.readString(page, StandardCharsets.UTF_8))
                .contains("<th scope=\"row\">lane</th>");
    }

    @Test
    void a_corrected_month_says_which_statement_it_replaces_EN_54() throws Exception {
        Street street = Street.at(temporary, Street.LANE);
        List<String> rows = Street.LANE_READINGS.rows("2025-10-30..2025-10-31");
        street.settle(rows);
        assertThat(table(street, "bruno-2025-10")).doesNotContain("\nreplaces,");
        String first = balance(street);
        street.correct(Readings.revise(rows, B1_AT_NOON, "0.5"));
        String second = balance(street);
        assertThat(table(street, "bruno-2025-10")).contains(replaces(4, first, second));
        List<String> last = Readings.revise(rows, B1_AT_NOON, "1.5");
        street.correct(last);
        assertThat(table(street, "bruno-2025-10")).contains(replaces(6, second, balance(street)));
        var before = Street.files(street.out());
        street.settle(last);
        assertThat(Street.files(street.out())).isEqualTo(before);
        assertThat(street.verify()).startsWith("OK blocks=8 ");
    }

    /// Whoever settled the first statement may never have seen the second.
    @Test
    void a_correction_that_leaves_an_amount_as_it_was_leaves_what_is_said_of_it_EN_54()
            throws Exception {
        Street street = Street.at(temporary, Street.LANE);
        List<String> rows = Street.LANE_READINGS.rows("2025-10-30..2025-10-31");
        street.settle(rows);
        String midnight = "2025-10-30T00:00:00+01:00,B1";
        street.correct(Readings.revise(rows, midnight, "0.777777"));
        assertThat(table(street, "bruno-2025-10")).contains("\nblock,6,").doesNotContain("replace");
        String first = balance(street);
        List<String> noon = Readings.revise(rows, B1_AT_NOON, "0.5");
        street.correct(noon);
        String replaces = replaces(6, first, balance(street));
        assertThat(table(street, "bruno-2025-10")).contains("\nblock,8,", replaces);
        street.correct(Readings.revise(noon, midnight, "0.777777"));
        assertThat(table(street, "bruno-2025-10")).contains("\nblock,10,", replaces);
    }

    @Test
    void a_month_that_goes_on_says_what_was_claimed_of_it_before_EN_54() throws Exception {
        Street street = Street.at(temporary, Street.LANE);
        street.settle(Street.LANE_READINGS.rows("2025-10-01..2025-10-10"));
        String claimed = balance(street);
        street.settle(Street.LANE_READINGS.rows("2025-10-11..2025-10-16"));
        assertThat(table(street, "bruno-2025-10"))
                .contains("\nblock,18,", replaces(12, claimed, balance(street)));
        street.settle(Street.LANE_READINGS.rows("2025-10-17..2025-10-17"));
        assertThat(table(street, "bruno-2025-10"))
                .contains("\nblock,20,", replaces(12, claimed, balance(street)));
    }

    @Test
    void statements_of_days_and_of_a_month_with_such_say_nothing_of_claims_EN_54()
            throws Exception {
        String daily = Street.LANE.replace("billing: month", "billing: day");
        Street street = Street.at(temporary, daily);
        List<String> rows = Street.LANE_READINGS.rows("2025-10-30");
        street.settle(rows);
        street.agree(Street.LANE).settle(Street.LANE_READINGS.rows("2025-10-31"));
        street.agree(daily).correct(Readings.revise(rows, B1_AT_NOON, "0.5"));
        assertThat(street.ledger().month("2025-10").number()).isGreaterThan(1);
        assertThat(table(street, "bruno-2025-10-30")).doesNotContain("\nreplaces,");
        assertThat(table(street, "bruno-2025-10")).doesNotContain("\nreplaces,");
    }

    @Test
    void the_examples_revised_day_is_told_to_whom_it_costs_or_brings_a_cent_EN_54()
            throws Exception {
        Path month = temporary.resolve("month");
        settleExample(month, "readings-2025-10.csv");
        SortedMap<String, String> before = balances(month);
        BigDecimal tradedBefore = traded(month, "alice");
        settleExample(month, "revised/readings-2025-10-21.csv", "--correct");
        SortedSet<String> told = new TreeSet<>();
        for (Map.Entry<String, String> member : balances(month).entrySet()) {
            String was = Objects.requireNonNull(before.get(member.getKey()));
            String table = table(month, member.getKey() + "-2025-10");
            if (member.getValue().equals(was)) {
                assertThat(table).as(member.getKey()).doesNotContain("\nreplaces,");
            } else {
                assertThat(table).contains(replaces(33, was, member.getValue()));
                told.add(member.getKey());
            }
        }
        assertThat(told).containsExactly("alice", "bakery", "elsa", "gaelle", "karim");
        assertThat(table(month, "karim-2025-10")).contains(replaces(33, "-5.66", "-5.65"));
        assertThat(cell(table(month, "alice-2025-10"), "difference"))
                .isEqualTo(traded(month, "alice").subtract(tradedBefore).toString());
    }

    private static void settleExample(Path month, String readings, String... options) {
        Path example = Path.of(System.getProperty("mitoyen.root"), "examples", "confluence");
        List<Object> arguments = new ArrayList<>(List.of("settle", "--community"));
        arguments.addAll(List.of(example.resolve("community.yaml"), "--readings"));
        arguments.addAll(List.of(example.resolve(readings), "--out", month));
        arguments.addAll(List.of(options));
        Street.Said said = Street.mitoyen(arguments.toArray());
        assertThat(said.status()).as(said.err()).isZero();
    }

    /// What `summary.json` says that each member is owed.
    private static SortedMap<String, String> balances(Path month) throws IOException {
        SortedMap<String, String> balances = new TreeMap<>();
        byte[] summary = Files.readAllBytes(month.resolve("summary.json"));
        for (JsonNode member : JsonMapper.shared().readTree(summary).path("members")) {
            balances.put(member.path("id").asString(), member.path("balance").asString());
        }
        return balances;
    }

    /// What the lines of `sales.csv` bring a member, less what they cost him.
    private static BigDecimal traded(Path month, String member) throws IOException {
        BigDecimal traded = new BigDecimal("0.00");
        for (String line : Files.readAllLines(month.resolve("sales.csv"))) {
            String total = line.substring(line.lastIndexOf(',') + 1);
            if (line.startsWith("2025-10," + member + ",")) {
                traded = traded.add(new BigDecimal(total));
            } else if (line.contains("," + member + ",")) {
                traded = traded.subtract(new BigDecimal(total));
            }
        }
        return traded;
    }

    private static String balance(Street street) throws IOException {
        return cell(table(street, "bruno-2025-10"), "balance");
    }

    private static String cell(String table, String line) {
        return table.lines()
                .filter(row -> row.startsWith(line + ","))
                .map(row -> row.substring(row.lastIndexOf(',') + 1))
                .findFirst()
                .orElseThrow();
    }

    private static String replaces(long block, String before, String now) {
        BigDecimal difference = new BigDecimal(now).subtract(new BigDecimal(before));
        assertThat(difference).isNotZero();
        return "\nreplaces,%d,,,,,,%s\ndifference,,,,,,,%s\n".formatted(block, before, difference);
    }

    private static String table(Street street, String name) throws IOException {
        return table(street.out(), name);
    }

    private static String table(Path folder, String name) throws IOException {
        Path file = folder.resolve("statements").resolve(name + ".csv");
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
