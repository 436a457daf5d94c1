package mitoyen.node.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mitoyen.node.input.InputMistakes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Load curves in the layouts in which Enedis hands them out.
final class EnedisTest {
    private static final String PREAMBLE =
            """
            Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes
            30000000000001;Courbe de charge;01/10/2025;02/10/2025;Energie active;Consommation;Comptage Brut;W;30

            """;
    private static final String PER_ROW =
            "Identifiant PRM;Date de début;Date de fin;Grandeur physique;Grandeur métier;Etape"
                    + " métier;Unité;Horodate;Valeur;Nature;Pas\n";
    private static final String HEADER = "start,meter,consumption_kwh,production_kwh\n";

    @TempDir private Path folder;

    @Test
    void readsTheExportWithAPreamble() throws IOException, InputMistakes {
        write(
                "a.csv",
                "\uFEFF"
                        + PREAMBLE
                        + """
                        Horodate;Valeur
                        2025-10-01T00:30:00+02:00;692
                        2025-10-01T01:00:00+02:00;1
                        2025-10-01T01:30:00+02:00;
                        """);
        Converted converted = convert(ConvertOptions.USUAL, "a.csv");
        assertThat(text(converted))
                .isEqualTo(
                        HEADER
                                + """
                                2025-10-01T00:00+02:00,30000000000001,0.346000,
                                2025-10-01T00:30+02:00,30000000000001,0.000500,
                                """);
        assertThat(assumptions(converted))
                .containsExactly(
                        "a.csv: consommation, as the file says",
                        "a.csv: 1 rows without a value are left out",
                        "a.csv: meter 30000000000001, step as the file says",
                        "stamps name the end of the step (--stamp start if not)",
                        "every value is rounded HALF_UP to 6 decimals of a kWh");
    }

    @Test
    void readsTheExportWithoutAPreambleByWhatTheUserSays() throws IOException, InputMistakes {
        write(
                "a.csv",
                """
                Horodate;Valeur
                2025-10-01T00:00:00+02:00;100
                2025-10-01T00:10:00+02:00;250
                2025-10-01T00:20:00+02:00;0,5
                """);
        ConvertOptions options =
                new ConvertOptions(
                        Optional.of("007"),
                        Optional.of(Direction.PRODUCTION),
                        Stamp.START,
                        ZoneId.of("Europe/Paris"),
                        false);
        Converted converted = convert(options, "a.csv");
        assertThat(text(converted))
                .isEqualTo(
                        HEADER
                                + """
                                2025-10-01T00:00+02:00,007,,0.016667
                                2025-10-01T00:10+02:00,007,,0.041667
                                2025-10-01T00:20+02:00,007,,0.000083
                                """);
        assertThat(assumptions(converted))
                .containsExactly(
                        "a.csv: the direction is the one of --direction",
                        "a.csv: meter 007, step of 10 minutes, the least between two rows",
                        "stamps name the start of the step, as --stamp says",
                        "every value is rounded HALF_UP to 6 decimals of a kWh");
    }

    @Test
    void tellsTheHourThatComesTwiceByTheOrderOfItsRows() throws IOException, InputMistakes {
        write(
                "a.csv",
                PER_ROW
                        + """
                        1;;;PA;CONS;BRUT;W;2025-10-26 02:00:00;1000;B;PT60M
                        1;;;PA;CONS;BRUT;W;2025-10-26 02:00:00;2000;B;PT60M
                        1;;;PA;CONS;BRUT;W;2025-10-26 03:00:00;3000;B;PT60M
                        """);
        assertThat(text(convert(ConvertOptions.USUAL, "a.csv")))
                .isEqualTo(
                        HEADER
                                + """
                                2025-10-26T01:00+02:00,1,1.000000,
                                2025-10-26T02:00+02:00,1,2.000000,
                                2025-10-26T02:00+01:00,1,3.000000,
                                """);
    }

    /// The hour of 3 o'clock summer time was not recorded: what is there is of winter time.
    @Test
    void aRowWithoutAValueIsOneOfThoseOfAnHourThatComesTwice() throws IOException, InputMistakes {
        write(
                "a.csv",
                PER_ROW
                        + """
                        1;;;PA;CONS;BRUT;W;2025-10-26 02:00:00;;B;PT30M
                        1;;;PA;CONS;BRUT;W;2025-10-26 02:30:00;;B;PT30M
                        1;;;PA;CONS;BRUT;W;2025-10-26 02:00:00;1000;B;PT30M
                        1;;;PA;CONS;BRUT;W;2025-10-26 02:30:00;2000;B;PT30M
                        """);
        assertThat(text(convert(ConvertOptions.USUAL, "a.csv")))
                .isEqualTo(
                        HEADER
                                + """
                                2025-10-26T02:30+02:00,1,0.500000,
                                2025-10-26T02:00+01:00,1,1.000000,
                                """);
    }

    @Test
    void readsEnergyPerStepAndBothDirectionsOfAMeter() throws IOException, InputMistakes {
        write("c.csv", PER_ROW + "1;;;EA;CONS;MESURE;Wh;2025-10-01T00:05:00+02:00;10;R;PT5M\n");
        write("p.csv", PER_ROW + "1;;;EA;PROD;MESURE;Wh;2025-10-01T00:05:00+02:00;0.5;R;PT5M\n");
        assertThat(text(convert(ConvertOptions.USUAL, "c.csv", "p.csv")))
                .isEqualTo(HEADER + "2025-10-01T00:00+02:00,1,0.010000,0.000500\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1;;;PA;CONS;B;W;2025-10-01T00:30:00+02:00;-1;B;PT30M   | a.csv:2: not a number of at least 0: -1; remove the row or correct it
                    1;;;PA;CONS;B;W;2025-10-01T00:30:00+02:00;1e99;B;PT30M | a.csv:2: not a number of at least 0: 1e99; remove the row or correct it
                    1;;;PA;CONS;B;W;2025-10-01T00:30:00+02:00;1e-999999999;B;PT30M | a.csv:2: not a number of at least 0: 1e-999999999; remove the row or correct it
                    1;;;PA;CONS;B;W;1/10/2025;1;B;PT30M                    | a.csv:2: no time: 1/10/2025; write it as 2025-10-01T00:30:00
                    1;;;PA;CONS;B;W;2025-03-30 02:30:00;1;B;PT30M          | a.csv:2: no time: 2025-03-30 02:30:00; write it as 2025-10-01T00:30:00
                    1;;;PA;CONS;B;kVA;2025-10-01T00:30:00+02:00;1;B;PT30M  | a.csv:2: unit kVA; export the load curve in W
                    1;;;ERC;CONS;B;W;2025-10-01T00:30:00+02:00;1;B;PT30M   | a.csv:2: reactive energy; export active energy
                    1;;;PA;CONS;B;W;2025-10-01T00:30:00+02:00;1;B;PT20M    | a.csv:2: a step of 20 minutes; export steps of 5, 10, 15, 30 or 60 minutes
                    1;;;PA;CONS;B;W;2025-10-01T00:30:00+02:00;1;B;half     | a.csv:2: a step of 0 minutes; export steps of 5, 10, 15, 30 or 60 minutes
                    ;;;PA;CONS;B;W;2025-10-01T00:30:00+02:00;1;B;PT30M     | a.csv:2: the file does not name its meter; pass --meter ID
                    a b;;;PA;CONS;B;W;2025-10-01T00:30:00+02:00;1;B;PT30M  | a.csv:2: not a meter id: a b; pass --meter ID
                    1;;;PA;CONS;B;W;2025-10-01T00:30:00+02:00;;B;PT30M     | a.csv: no values; export a span in which the meter recorded a load curve
                    """)
    void namesWhatIsWrong(String row, String mistake) throws IOException {
        write("a.csv", PER_ROW + row + "\n");
        assertThat(mistakes("a.csv")).anySatisfy(line -> assertThat(line).startsWith(mistake));
    }

    @Test
    void refusesFilesThatAreNoLoadCurve() throws IOException {
        write("index.csv", "Identifiant PRM;Type de donnees\n1;Index\nHorodate;EAS F1\n");
        write("twice.csv", PREAMBLE + "Horodate;Valeur\n" + "2025-10-01T00:30:00Z;1\n".repeat(2));
        StringBuilder changing = new StringBuilder("Identifiant PRM\n1\nHorodate;Valeur\n");
        for (int hour = 0; hour < 10; hour++) {
            changing.append("2025-10-01T0").append(hour).append(":00:00Z;1\n");
        }
        for (int minutes = 10; minutes < 60; minutes += 10) {
            changing.append("2025-10-01T09:").append(minutes).append(":00Z;1\n");
        }
        write("changing.csv", changing.toString());
        write("single.csv", "Identifiant PRM\n1\nHorodate;Valeur\n2025-10-01T00:30:00Z;1\n");
        assertThat(mistakes("index.csv", "twice.csv", "changing.csv", "single.csv"))
                .containsExactly(
                        "index.csv: no line with Horodate;Valeur; export the load curve (courbe de"
                                + " charge) as CSV, not indexes or daily values",
                        "twice.csv:6: a second value of 2025-10-01T00:30:00Z; keep one of them",
                        "changing.csv: steps of 10 and of 60 minutes; export the time before and"
                                + " after the change apart",
                        "single.csv:4: one value does not tell how long its step is; export a"
                                + " longer span");
    }

    private Converted convert(ConvertOptions options, String... names) throws InputMistakes {
        List<Path> files = Arrays.stream(names).map(folder::resolve).toList();
        return Kind.ENEDIS.convert(files, options);
    }

    private List<String> mistakes(String... names) {
        try {
            return fail("converted to " + convert(ConvertOptions.USUAL, names).readings().size());
        } catch (InputMistakes refused) {
            return refused.lines().stream().map(line -> line.replace(folder + "/", "")).toList();
        }
    }

    private List<String> assumptions(Converted converted) {
        return converted.assumptions().stream()
                .map(line -> line.replace(folder + "/", ""))
                .toList();
    }

    private static String text(Converted converted) throws IOException {
        StringBuilder text = new StringBuilder();
        converted.readings().write(converted.zone(), text);
        return text.toString();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
