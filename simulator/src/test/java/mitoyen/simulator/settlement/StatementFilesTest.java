package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import mitoyen.simulator.faults.FaultyDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a settlement writes into `statements/`.
class StatementFilesTest {
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

    private static String table(Street street, String name) throws IOException {
        Path file = street.out().resolve("statements").resolve(name + ".csv");
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
