package mitoyen.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The benchmarks of a running node: whatever is not accepted ends them.
class NodeBenchesTest {
    @Test
    void latencyIsThatOfDurableAnswers() throws IOException {
        assertThat(new LatencyBench(20, 1, 1).run(_ -> {}))
                .containsEntry("bench", "latency")
                .hasEntrySatisfying("p99ratio", NodeBenchesTest::isPositive)
                .hasEntrySatisfying("p99ratioAtHalf", NodeBenchesTest::isPositive);
    }

    @Test
    void fairnessIsThatOfTheOthers() throws IOException {
        assertThat(new FairBench(10, 1, 1).run(_ -> {}))
                .containsEntry("bench", "fair")
                .hasEntrySatisfying("ratio", NodeBenchesTest::isPositive);
    }

    @Test
    void anIdleNodeTakesSomeTime() throws IOException {
        assertThat(new IdleBench(5, 0, 1).run(_ -> {}))
                .containsEntry("bench", "idle")
                .containsKey("processorSecondsAnHour");
    }

    private static void isPositive(Object figure) {
        assertThat((Double) figure).isPositive();
    }
}
