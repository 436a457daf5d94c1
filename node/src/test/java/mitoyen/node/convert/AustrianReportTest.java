package mitoyen.node.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import mitoyen.node.input.InputMistakes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A report of an Austrian energy community with the operator's split.
class AustrianReportTest {
    private static final ConvertOptions OPERATOR =
            new ConvertOptions(
                    Optional.empty(),
                    Optional.empty(),
                    Stamp.END,
                    ZoneId.of("Europe/Vienna"),
                    true);

    @TempDir private Path folder;

    @Test
    void soldIsGenerationLessSurplus() throws Exception {
        StringBuilder text = new StringBuilder();
        Converted converted = convert("0.5,0.2,1.5,1.3");
        converted.readings().write(converted.zone(), text);
        assertThat(text.toString())
                .contains("C1,0.500000,,0.200000,\n", "G1,,1.500000,,0.200000\n");
    }

    @Test
    void moreSurplusThanGenerationIsRefused() {
        assertThatThrownBy(() -> convert("0.5,0.2,1.5,1.6"))
                .isInstanceOf(InputMistakes.class)
                .hasMessageEndingWith(
                        "report.csv:2: g1 has more surplus than generation; ask the operator for a"
                                + " revision");
    }

    private Converted convert(String values) throws IOException, InputMistakes {
        Path report =
                Files.writeString(
                        folder.resolve("report.csv"),
                        "time,c1_consumption_kwh,c1_covered_kwh,g1_generation_kwh,g1_surplus_kwh\n"
                                + "2023-08-01T00:15,"
                                + values
                                + "\n");
        return Kind.AT_EEG.convert(List.of(report), OPERATOR);
    }
}
