package mitoyen.ledger.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import mitoyen.ledger.quantity.Decimals;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// EN-25: the arithmetic of an Austrian grid operator, against its own report of August 2023 for
/// five consumers and four generators. Skipped where the data is absent.
class GridOperatorTest {
    private static final int CONSUMERS = 5;
    private static final int METERS = 9;

    private static long[] consumption = {};
    private static long[] production = {};
    private static long[] covered = {};
    private static long[] surplus = {};

    @BeforeAll
    static void read() throws IOException {
        Path file =
                Path.of(System.getProperty("mitoyen.root"))
                        .resolve("../shared/data/at_eeg_2023-08/eeg_15min.csv");
        assumeTrue(Files.exists(file), "no shared data");
        List<String[]> rows =
                Files.readAllLines(file).stream().skip(1).map(row -> row.split(",", -1)).toList();
        consumption = values(rows, meter -> meter < CONSUMERS ? 1 + 3 * meter : -1);
        covered = values(rows, meter -> meter < CONSUMERS ? 3 + 3 * meter : -1);
        production = values(rows, meter -> meter < CONSUMERS ? -1 : 6 + 2 * meter);
        surplus = values(rows, meter -> meter < CONSUMERS ? -1 : 7 + 2 * meter);
    }

    @Test
    void givesEveryCoveredAndSurplusValue() {
        DayAllocation allocation =
                Sharing.allocate(
                        new SharingKey.ProRata(SharingKey.Rounding.AT_DSO),
                        roster(),
                        readings(Optional.empty()));
        assertThat(allocation.allocated()).containsExactly(covered);
        assertThat(surplusOf(allocation)).containsExactly(surplus);
        assertThat(leakingIntervals(allocation)).isEqualTo(539);
    }

    @Test
    void takesTheOperatorsSplitAsGiven() {
        long[] sold =
                IntStream.range(0, production.length)
                        .mapToLong(i -> production[i] - surplus[i])
                        .toArray();
        DayReadings readings = readings(Optional.of(new DayAllocation(covered, sold)));
        assertThat(Sharing.findViolation(readings)).isEmpty();
        DayAllocation allocation =
                Sharing.allocate(new SharingKey.FromOperator(), roster(), readings);
        assertThat(allocation.allocated()).containsExactly(covered);
        assertThat(surplusOf(allocation)).containsExactly(surplus);
    }

    private static long leakingIntervals(DayAllocation allocation) {
        return IntStream.range(0, consumption.length / METERS)
                .filter(interval ->
                        IntStream.range(interval * METERS, (interval + 1) * METERS)
                                        .mapToLong(i ->
                                                allocation.sold()[i] - allocation.allocated()[i])
                                        .sum()
                                != 0)
                .count();
    }

    private static long[] surplusOf(DayAllocation allocation) {
        return IntStream.range(0, production.length)
                .mapToLong(i -> production[i] - allocation.sold()[i])
                .toArray();
    }

    private static Roster roster() {
        return new Roster(
                METERS,
                IntStream.range(0, METERS)
                        .mapToObj(meter -> new Roster.Place("m" + meter, meter))
                        .toList());
    }

    private static DayReadings readings(Optional<DayAllocation> split) {
        return new DayReadings(consumption.length / METERS, METERS, consumption, production, split);
    }

    /// Interval-major values of a column a meter; a negative column is one of zeros.
    private static long[] values(List<String[]> rows, IntUnaryOperator columnOfMeter) {
        return rows.stream()
                .flatMapToLong(row ->
                        IntStream.range(0, METERS)
                                .map(columnOfMeter)
                                .mapToLong(column ->
                                        column < 0 ? 0 : Decimals.parseMillionths(row[column])))
                .toArray();
    }
}
