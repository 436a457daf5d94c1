package mitoyen.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class LedgerBenchTest {
    /// Whatever is refused or does not hold ends the benchmark: so a figure is of what was done. A
    /// round has to take longer than the ten milliseconds in which a process's time is counted.
    @Test
    void executesWhatItMeasures() throws IOException {
        List<String> progress = new ArrayList<>();
        SequencedMap<String, Object> figures = new LedgerBench(40, 30, 40, 2).run(progress::add);
        assertThat(figures)
                .containsEntry("bench", "ledger")
                .containsEntry("goal", 0.8)
                .containsEntry("accounts", 40)
                .containsEntry("rounds", 2);
        assertThat(figures)
                .hasEntrySatisfying("ratio", ratio -> assertThat((Double) ratio).isPositive())
                .hasEntrySatisfying(
                        "processorMicrosPerTransaction",
                        micros -> assertThat((Double) micros).isPositive());
        assertThat(progress).hasSize(5);
    }
}
