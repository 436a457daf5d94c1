package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Street street =
                Street.at(temporary, Street.LANE.replace("billing: month", "billing: day"));
        street.settle(Street.LANE_READINGS.rows("2025-10-01..2025-10-10"));
        street.settle(Street.LANE_READINGS.rows("2025-10-11..2025-10-16"));
        assertThat(table(street, "bruno-2025-10-03")).contains("\nblock,12,");
        assertThat(table(street, "bruno-2025-10-15")).contains("\nblock,17,");
    }

    private static String table(Street street, String name) throws IOException {
        Path file = street.out().resolve("statements").resolve(name + ".csv");
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
