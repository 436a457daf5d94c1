package mitoyen.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mitoyen.simulator.workload.Street;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeUnderLoadTest {
    private static final int MANY = 10 * NodeUnderLoad.LANES;

    /// As when the machine stood still for a while.
    @Test
    void whatOneSenderIsLateWithIsSentAndNoneIsRefused(@TempDir Path folder) throws IOException {
        try (NodeUnderLoad node =
                new NodeUnderLoad(new Street(2, 3, NodeUnderLoad.LANES), folder)) {
            List<Street.Sent> late = node.transfersOf(0, MANY);
            assertThat(node.awaitAll(node.begin(late, Integer.MAX_VALUE))).hasSize(MANY);
        }
    }
}
