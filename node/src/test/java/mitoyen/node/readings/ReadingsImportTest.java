package mitoyen.node.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.ledger.energy.Roster;
import mitoyen.node.community.Community;
import mitoyen.node.input.InputMistakes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an import hands out, by example.
final class ReadingsImportTest {
    private static final LocalDate NEW_YEAR = LocalDate.of(2025, 1, 1);
    private static final ImportOptions LOOSE = new ImportOptions(250, true, true);

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-01-01T00:00+01:00",
                "2024-12-31T23:00Z",
                "2024-12-31T23:00:00Z",
                "2025-01-01T00:00:00+01:00",
                "2025-01-01T00:00:00.000+01:00",
                "2024-12-31T18:30-04:30",
                "2025-01-01T04:45+05:45",
                "2025-01-01t00:00+01:00",
                "2025-01-01T00:00+0100",
                "2025-01-01T00:00+01",
                "\"2025-01-01T00:00+01:00\"",
            })
    void readsTheSameInstantInEachForm(String start) throws IOException, InputMistakes {
        ImportedDay day = single(start + ",A1,0.25,0");
        assertThat(day.readings().consumption()).containsExactly(250_000, 0);
    }

    @Test
    void takesAnEmptyCellForNothingIfAnotherIsFilled() throws IOException, InputMistakes {
        ImportedDay day = single("2025-01-01T00:00+01:00,A1,,0.000001");
        assertThat(day.readings().consumption()).containsExactly(0, 0);
        assertThat(day.readings().production()).containsExactly(1, 0);
        assertThat(day.missing()).isEqualTo(1);
    }

    @Test
    void takesARowOfEmptyCellsForAMissingReading() throws IOException, InputMistakes {
        ImportedDay day = single("2025-01-01T00:00+01:00,A1,,\n2025-01-01T00:00+01:00,B1,,");
        assertThat(day.missing()).isEqualTo(2);
        assertThat(day.outside()).isZero();
    }

    @Test
    void readsQuotedFieldsCrLfAByteOrderMarkAndColumnsInAnyOrder()
            throws IOException, InputMistakes {
        write(
                "a.csv",
                """
                \uFEFF"production_kwh",meter,start,consumption_kwh\r
                "1.5","A1",2025-01-01T00:00+01:00,2\r
                """);
        Community community = Communities.of("Europe/Paris", 60, "pro-rata");
        try (ReadingsImport readings = open(community, "a.csv")) {
            DayReadings day = readings.load(NEW_YEAR, roster(community)).readings();
            assertThat(day.consumption()).containsExactly(2_000_000, 0);
            assertThat(day.production()).containsExactly(1_500_000, 0);
        }
    }

    @Test
    void countsReadingsOfMetersThatAreNotInTheRoster() throws IOException, InputMistakes {
        write(
                "a.csv",
                """
                start,meter,consumption_kwh,production_kwh
                2025-01-01T00:00+01:00,A1,1,0
                2025-01-01T00:00+01:00,B1,2,0
                2025-01-01T00:00+01:00,C1,3,0
                2025-01-01T00:00+01:00,C2,,
                """);
        Community community = Communities.of("Europe/Paris", 60, "pro-rata");
        try (ReadingsImport readings = open(community, "a.csv")) {
            Roster others =
                    new Roster(2, List.of(new Roster.Place("Z9", 1), new Roster.Place("B1", 0)));
            ImportedDay day = readings.load(NEW_YEAR, others);
            assertThat(day.readings().consumption()).containsExactly(0, 2_000_000);
            assertThat(day.missing()).isEqualTo(1);
            assertThat(day.outside()).isEqualTo(2);
            assertThat(day.unplaced()).containsExactly("A1", "C1");
        }
    }

    @Test
    void readsTheOperatorsSplit() throws IOException, InputMistakes {
        write(
                "a.csv",
                """
                start,meter,consumption_kwh,production_kwh,sold_kwh,allocated_kwh
                2025-01-01T00:00+01:00,A1,1,0,,0.5
                2025-01-01T00:00+01:00,B1,,1,0.5,
                """);
        Community community = Communities.of("Europe/Paris", 60, "from-operator");
        try (ReadingsImport readings = open(community, "a.csv")) {
            readings.check(_ -> roster(community));
            DayReadings day = readings.load(NEW_YEAR, roster(community)).readings();
            assertThat(day.operatorSplit()).isPresent();
            assertThat(day.operatorSplit().orElseThrow().allocated()).containsExactly(500_000, 0);
            assertThat(day.operatorSplit().orElseThrow().sold()).containsExactly(0, 500_000);
        }
    }

    @Test
    void cutsTheFirstAndTheLastDayWhereThatIsAllowed() throws IOException, InputMistakes {
        write(
                "a.csv",
                """
                start,meter,consumption_kwh,production_kwh
                2025-01-03T01:00+01:00,A1,3,0
                2025-01-01T22:00+01:00,A1,1,0
                """);
        Community community = Communities.of("Europe/Paris", 60, "pro-rata");
        try (ReadingsImport readings = open(community, "a.csv")) {
            assertThat(readings.days()).extracting(LocalDay::intervals).containsExactly(2, 24, 2);
            long[] first = readings.load(NEW_YEAR, roster(community)).readings().consumption();
            assertThat(first).containsExactly(1_000_000, 0, 0, 0);
            LocalDate last = NEW_YEAR.plusDays(2);
            long[] cut = readings.load(last, roster(community)).readings().consumption();
            assertThat(cut).containsExactly(0, 0, 3_000_000, 0);
            assertThatThrownBy(() -> readings.load(NEW_YEAR.minusDays(1), roster(community)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void readsCompressedFilesWhateverTheirName() throws IOException, InputMistakes {
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("packed")))) {
            out.write(
                    "start,meter,consumption_kwh,production_kwh\n2025-01-01T00:00+01:00,A1,1,0\n"
                            .getBytes(StandardCharsets.UTF_8));
        }
        Community community = Communities.of("Europe/Paris", 60, "pro-rata");
        try (ReadingsImport readings = open(community, "packed")) {
            assertThat(readings.rowCount()).isEqualTo(1);
        }
    }

    private ImportedDay single(String rows) throws IOException, InputMistakes {
        write("a.csv", "start,meter,consumption_kwh,production_kwh\n" + rows + "\n");
        Community community = Communities.of("Europe/Paris", 60, "pro-rata");
        try (ReadingsImport readings = open(community, "a.csv")) {
            readings.check(_ -> roster(community));
            return readings.load(NEW_YEAR, roster(community));
        }
    }

    /// The meters A1 and B1 alone, of those that the community knows.
    private static Roster roster(Community community) {
        Roster all = community.terms().rosterOn(NEW_YEAR);
        return new Roster(all.memberCount(), all.places().subList(0, 2));
    }

    private ReadingsImport open(Community community, String name)
            throws IOException, InputMistakes {
        return ReadingsImport.read(community, List.of(folder.resolve(name)), LOOSE, Progress.NONE);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
