package mitoyen.node.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.energy.Roster;
import mitoyen.node.Mitoyen;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.readings.ImportOptions;
import mitoyen.node.readings.ImportedDay;
import mitoyen.node.readings.LocalDay;
import mitoyen.node.readings.Progress;
import mitoyen.node.readings.ReadingsImport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// The real readings beside the project, converted by the command and read back under the strictest
/// rules: whole days, no gaps. Skipped where they are absent.
final class SharedDataTest {
    private static final Path DATA =
            Path.of(System.getProperty("mitoyen.root")).resolve("../shared/data").normalize();

    @TempDir private Path folder;

    /// The meters of the community at hand: the same on all days.
    private Roster roster = Roster.NONE;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theAustrianReportKeepsEveryValue(boolean operator) throws IOException, InputMistakes {
        Path source = source("at_eeg_2023-08/eeg_15min.csv");
        Table table = new Table(source);
        String said = convert(operator ? "at-eeg --operator" : "at-eeg", source);
        assertThat(said).contains("Europe/Vienna", "start of a quarter", "HALF_UP");
        try (ReadingsImport readings = readings()) {
            assertThat(readings.days()).hasSize(31).allMatch(day -> day.intervals() == 96);
            for (LocalDay day : readings.days()) {
                ImportedDay loaded = load(readings, day.date());
                for (int interval = 0; interval < 96; interval++) {
                    int row = (day.date().getDayOfMonth() - 1) * 96 + interval;
                    compareReport(table, row, loaded, interval * 9, operator);
                }
            }
        }
    }

    private static void compareReport(
            Table table, int row, ImportedDay day, int at, boolean operator) {
        for (int consumer = 1; consumer <= 5; consumer++) {
            int cell = at + consumer - 1;
            String id = "c" + consumer;
            assertThat(day.readings().consumption()[cell])
                    .isEqualTo(table.millionths(row, id + "_consumption_kwh"));
            day.readings()
                    .operatorSplit()
                    .ifPresent(split ->
                            assertThat(split.allocated()[cell])
                                    .isEqualTo(table.millionths(row, id + "_covered_kwh")));
        }
        for (int generator = 1; generator <= 4; generator++) {
            int cell = at + 4 + generator;
            String id = "g" + generator;
            long produced = table.millionths(row, id + "_generation_kwh");
            assertThat(day.readings().production()[cell]).isEqualTo(produced);
            day.readings()
                    .operatorSplit()
                    .ifPresent(split ->
                            assertThat(produced - split.sold()[cell])
                                    .isEqualTo(table.millionths(row, id + "_surplus_kwh")));
        }
        assertThat(day.readings().operatorSplit().isPresent()).isEqualTo(operator);
    }

    @Test
    void theHomeInSydneyKeepsItsEnergyAcrossTheClockChanges() throws IOException, InputMistakes {
        Path source = source("ausgrid_customer12/data_2011-2012.csv");
        Table table = new Table(source);
        String said = convert("ausgrid", source);
        assertThat(said).contains("Australia/Sydney", "kW / 2", "skips", "twice", "HALF_UP");
        long consumption = 0;
        long production = 0;
        try (ReadingsImport readings = readings()) {
            assertThat(readings.days()).hasSize(366);
            for (LocalDay day : readings.days()) {
                ImportedDay loaded = load(readings, day.date());
                consumption += Arrays.stream(loaded.readings().consumption()).sum();
                production += Arrays.stream(loaded.readings().production()).sum();
            }
            assertThat(load(readings, LocalDate.of(2011, 10, 2)).readings().intervals())
                    .isEqualTo(46);
            long[] autumn = load(readings, LocalDate.of(2012, 4, 1)).readings().consumption();
            assertThat(autumn).hasSize(50);
            assertThat(Arrays.copyOfRange(autumn, 3, 9))
                    .containsExactly(335_000, 273_000, 282_000, 273_000, 282_000, 224_000);
        }
        assertThat(consumption).isEqualTo(table.sumOfHalves("GC"));
        assertThat(production).isEqualTo(table.sumOfHalves("GG"));
    }

    @Test
    void theHomesOfCityLearnMakeAWholeYear() throws IOException, InputMistakes {
        Path source = source("citylearn_2022/homes_hourly.csv");
        Table table = new Table(source);
        String said = convert("citylearn", source);
        assertThat(said).contains("2016-08-01", "UTC-8 without daylight saving", "5.0", "4.0");
        try (ReadingsImport readings = readings()) {
            assertThat(readings.days()).hasSize(365).allMatch(day -> day.intervals() == 24);
            ImportedDay first = load(readings, LocalDate.of(2016, 8, 1));
            for (int home = 1; home <= 17; home++) {
                long kilowatts = home == 4 || home >= 10 ? 5 : 4;
                int noon = 12 * 17 + home - 1;
                assertThat(first.readings().consumption()[noon])
                        .isEqualTo(table.millionths(12, "h" + home + "_load_kwh"));
                BigDecimal watts = table.number(12, "h" + home + "_pv_w_per_kw");
                assertThat(first.readings().production()[noon])
                        .isEqualTo(millionths(watts.multiply(BigDecimal.valueOf(kilowatts, 3))));
            }
        }
    }

    private static Path source(String name) {
        Path file = DATA.resolve(name);
        assumeTrue(Files.exists(file), "no " + file);
        return file;
    }

    /// Runs the command and answers what it says on standard error.
    private String convert(String kind, Path source) {
        StringWriter err = new StringWriter();
        CommandLine program = Mitoyen.program().setErr(new PrintWriter(err));
        List<String> arguments = new ArrayList<>(List.of("convert"));
        arguments.addAll(List.of(kind.split(" ")));
        arguments.addAll(
                List.of(
                        source.toString(),
                        "--out",
                        folder.resolve("readings.csv").toString(),
                        "--community",
                        folder.resolve("community.yaml").toString()));
        int status = program.execute(arguments.toArray(String[]::new));
        assertThat(status).as(err.toString()).isZero();
        return err.toString();
    }

    private ReadingsImport readings() throws IOException, InputMistakes {
        Community community = CommunityFile.read(folder.resolve("community.yaml"));
        roster = community.terms().rosterOn(LocalDate.EPOCH);
        ReadingsImport readings =
                ReadingsImport.read(
                        community,
                        List.of(folder.resolve("readings.csv")),
                        ImportOptions.STRICT,
                        Progress.NONE);
        readings.check(community.terms()::rosterOn);
        return readings;
    }

    private ImportedDay load(ReadingsImport readings, LocalDate date) throws IOException {
        return readings.load(date, roster);
    }

    private static long millionths(BigDecimal kwh) {
        return kwh.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /// The source as its publisher wrote it.
    private static final class Table {
        private final SortedMap<String, Integer> columns = new TreeMap<>();
        private final List<String[]> rows = new ArrayList<>();

        Table(Path file) throws IOException {
            List<String> lines = Files.readAllLines(file);
            String[] titles = lines.getFirst().split(",", -1);
            for (int column = 0; column < titles.length; column++) {
                columns.put(titles[column], column);
            }
            lines.stream().skip(1).forEach(line -> rows.add(line.split(",", -1)));
        }

        BigDecimal number(int row, String title) {
            return new BigDecimal(rows.get(row)[columns.getOrDefault(title, -1)]);
        }

        long millionths(int row, String title) {
            return SharedDataTest.millionths(number(row, title));
        }

        long sumOfHalves(String title) {
            long sum = 0;
            for (int row = 0; row < rows.size(); row++) {
                sum += SharedDataTest.millionths(number(row, title).divide(BigDecimal.TWO));
            }
            return sum;
        }
    }
}
