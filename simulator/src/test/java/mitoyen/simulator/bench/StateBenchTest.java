package mitoyen.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateBenchTest {
    /// Whatever is refused, or not read back as it was, ends the benchmark.
    @Test
    void restartsAndGrows(@TempDir Path folder) throws IOException {
        Path picture = folder.resolve("growth.svg");
        SequencedMap<String, Object> figures =
                new StateBench(300, List.of(1_000, 2_000), 1, picture).run(_ -> {});
        assertThat(figures)
                .containsEntry("bench", "state")
                .containsEntry("goal", 3.0)
                .containsEntry("accounts", 300)
                .containsKeys(
                        "ratio",
                        "bytesPerAccount",
                        "accountsMicros2000",
                        "holdsMicros2000",
                        "timersMicros1000");
        assertThat(Files.readString(picture))
                .startsWith("<svg")
                .contains(">accounts<", ">holds<", ">timers<")
                .endsWith("</svg>\n");
    }
}
