package mitoyen.simulator.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.simulator.model.DayGrid;
import org.junit.jupiter.api.Test;

class ReadingsCsvTest {
    private static final DayGrid GRID =
            new DayGrid(LocalDate.of(2025, 10, 26), ZoneId.of("Europe/Paris"), 60);

    @Test
    void a_row_has_a_local_start_with_offset_and_no_more_digits_than_it_needs() {
        long[] consumption = new long[50];
        consumption[4] = 1_000_000;
        consumption[5] = 1;
        long[] production = new long[50];
        production[5] = 12_340_500;
        DayReadings readings = new DayReadings(25, 2, consumption, production, Optional.empty());

        assertThat(new ReadingsCsv(List.of("A1", "B1")).interval(GRID, readings, 2))
                .isEqualTo(
                        """
                        2025-10-26T02:00:00+02:00,A1,1,
                        2025-10-26T02:00:00+02:00,B1,0.000001,12.3405
                        """);
        assertThat(new ReadingsCsv(List.of("A1", "B1")).interval(GRID, readings, 3))
                .isEqualTo(
                        """
                        2025-10-26T02:00:00+01:00,A1,0,
                        2025-10-26T02:00:00+01:00,B1,0,
                        """);
    }

    @Test
    void the_operators_split_fills_two_columns_more() {
        DayAllocation split = new DayAllocation(new long[] {250_000}, new long[] {500_000});
        DayReadings readings =
                new DayReadings(
                        1, 1, new long[] {300_000}, new long[] {600_000}, Optional.of(split));

        assertThat(new ReadingsCsv(List.of("A1")).interval(GRID, readings, 0))
                .isEqualTo("2025-10-26T00:00:00+02:00,A1,0.3,0.6,0.25,0.5\n");
    }
}
