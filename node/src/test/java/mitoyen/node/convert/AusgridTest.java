package mitoyen.node.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mitoyen.node.input.InputMistakes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Readings of one home in Sydney, as they were published.
final class AusgridTest {
    @TempDir private Path folder;

    @Test
    void ofAnotherFileTheMissingColumnsAreNamedAndNothingOfItsRows() throws IOException {
        assertThat(mistakes("start,meter\n2025-10-01T00:00+02:00,A1\n2025-10-01T01:00+02:00,A1\n"))
                .containsExactly(
                        "a.csv:1: missing column GC; give the file as it was published",
                        "a.csv:1: missing column GG; give the file as it was published");
    }

    @Test
    void aTimeThatIsNoneIsToldOnce() throws IOException {
        assertThat(mistakes("time,GC,GG\n2011-07-01 00:00:00,1,0\nnoon,1,0\n"))
                .containsExactly("a.csv:3: no time: noon; write it as 2011-07-01 00:30:00");
    }

    @Test
    void aRowHasBothDirections() throws IOException, InputMistakes {
        Path file =
                Files.writeString(folder.resolve("a.csv"), "t,GC,GG\n2011-07-01 00:00:00,1,2\n");
        StringBuilder text = new StringBuilder();
        Converted converted = Kind.AUSGRID.convert(List.of(file), ConvertOptions.USUAL);
        converted.readings().write(converted.zone(), text);
        assertThat(text.toString()).contains("2011-07-01T00:00+10:00,", ",0.500000,1.000000\n");
    }

    private List<String> mistakes(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), text);
        InputMistakes refused =
                catchThrowableOfType(
                        InputMistakes.class,
                        () -> Kind.AUSGRID.convert(List.of(file), ConvertOptions.USUAL));
        return refused.lines().stream().map(line -> line.replace(folder + "/", "")).toList();
    }
}
