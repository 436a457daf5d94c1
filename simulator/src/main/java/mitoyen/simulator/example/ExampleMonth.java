package mitoyen.simulator.example;

import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.simulator.files.ReadingsCsv;
import mitoyen.simulator.model.GridOperator;
import mitoyen.simulator.model.Neighbourhood;

/// October 2025 in a street of Lyon, as its grid operator would deliver it: 31 days of which one
/// has 25 hours, the operator's split beside the readings, and one day that it later revised.
public final class ExampleMonth {
    /// The month.
    public static final YearMonth MONTH = YearMonth.of(2025, 10);

    /// The day whose readings the operator later replaced.
    public static final LocalDate REVISED_DAY = LocalDate.of(2025, 10, 21);

    /// The meters: the school, five homes that produce, five that only consume. They begin with 0,
    /// as a meter's number may, and belong to nobody.
    public static final List<String> METERS =
            List.of(
                    "00000000000100",
                    "00000000000201",
                    "00000000000202",
                    "00000000000203",
                    "00000000000204",
                    "00000000000205",
                    "00000000000301",
                    "00000000000302",
                    "00000000000303",
                    "00000000000304",
                    "00000000000305");

    private static final long SEED = 2025_10;
    private static final int STEP_MINUTES = 30;
    private static final int ESTIMATED_METER = 7;

    private static final Neighbourhood STREET =
            Neighbourhood.street(SEED, ZoneId.of("Europe/Paris"), STEP_MINUTES, METERS);

    private ExampleMonth() {}

    /// The whole month as delivered at first.
    public static String readings() {
        StringBuilder file = new StringBuilder(ReadingsCsv.HEADER_WITH_SPLIT);
        for (int day = 1; day <= MONTH.lengthOfMonth(); day++) {
            append(MONTH.atDay(day), STREET.day(MONTH.atDay(day)), file);
        }
        return file.toString();
    }

    /// The revised day: one meter's readings had been estimated and turned out a quarter higher,
    /// which changes what everyone was allocated.
    public static String revisedDay() {
        DayReadings readings = STREET.day(REVISED_DAY);
        for (int interval = 0; interval < readings.intervals(); interval++) {
            int at = interval * METERS.size() + ESTIMATED_METER;
            readings.consumption()[at] += readings.consumption()[at] / 4;
        }
        StringBuilder file = new StringBuilder(ReadingsCsv.HEADER_WITH_SPLIT);
        append(REVISED_DAY, readings, file);
        return file.toString();
    }

    private static void append(LocalDate day, DayReadings readings, StringBuilder file) {
        try {
            new ReadingsCsv(METERS).append(STREET.grid(day), GridOperator.split(readings), file);
        } catch (IOException impossible) {
            throw new AssertionError("a text in memory cannot fail", impossible);
        }
    }
}
