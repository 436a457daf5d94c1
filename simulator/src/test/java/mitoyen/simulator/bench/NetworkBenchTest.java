package mitoyen.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The benchmark of a network, with one validator of each: whatever is not answered ends it.
class NetworkBenchTest {
    @Test
    void bothNetworksCommitWhatIsSent() throws IOException {
        assertThat(new NetworkBench(1, 0, 100, 1, 1, 1).run(_ -> {}))
                .containsEntry("bench", "network")
                .hasEntrySatisfying("ratio", NetworkBenchTest::isPositive)
                .hasEntrySatisfying("p99MillisAt10", NetworkBenchTest::isPositive)
                .hasEntrySatisfying("finalMillis", NetworkBenchTest::isPositive)
                .containsKeys("cpuRatio", "wattHours.saturation", "idleEnginePercent");
    }

    private static void isPositive(Object figure) {
        assertThat((Double) figure).isPositive();
    }
}
