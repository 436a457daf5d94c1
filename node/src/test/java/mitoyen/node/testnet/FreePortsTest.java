package mitoyen.node.testnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    private static final int MANY = 100;

    /// Two networks that begin to look at one place, the first of which does not run yet.
    @Test
    void whatIsFoundIsNotFoundAgainThoughNothingListensOnIt() throws IOException {
        List<Integer> first = FreePorts.find(MANY, 7);
        List<Integer> second = FreePorts.find(MANY, 7);
        assertThat(first).hasSize(MANY).doesNotHaveDuplicates().doesNotContainAnyElementsOf(second);
        assertThat(second).hasSize(MANY).doesNotHaveDuplicates();
    }
}
