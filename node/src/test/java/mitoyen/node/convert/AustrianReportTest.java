package mitoyen.node.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import mitoyen.node.input.InputMistakes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reports that an operator of Austria would not have made.
final class AustrianReportTest {
    private static final ConvertOptions WITH_SPLIT =
            new ConvertOptions(
                    Optional.empty(),
                    Optional.empty(),
                    Stamp.END,
                    ZoneId.of("Europe/Vienna"),
                    true);

    @TempDir private Path folder;

    @Test
    void moreSurplusThanGenerationIsRefusedAndNotLeftOut() throws IOException {
        assertThat(
                        mistakes(
                                """
                                time,g1_generation_kwh,g1_surplus_kwh
                                2023-08-01T12:00,1.5,1.5
                                2023-08-01T12:15,1.5,1.500001
                                """))
                .containsExactly(
                        "a.csv:3: G1 has more surplus than generation; ask the operator for a"
                                + " revision");
    }

    @Test
    void aFileOfAnotherKindIsOneMistakeAndNotOneARow() throws IOException {
        assertThat(mistakes("time,load\n1,2\n3,4\n"))
                .containsExactly(
                        "a.csv:1: no column such as c1_consumption_kwh; give the report itself");
    }

    private List<String> mistakes(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), text);
        InputMistakes refused =
                catchThrowableOfType(
                        InputMistakes.class, () -> Kind.AT_EEG.convert(List.of(file), WITH_SPLIT));
        return refused.lines().stream().map(line -> line.replace(folder + "/", "")).toList();
    }
}
