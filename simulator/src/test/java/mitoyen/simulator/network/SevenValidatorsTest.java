package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Seven real validators of which two are faulty at once, the most that seven bear.
class SevenValidatorsTest {
    private static final int FORGES = 6;
    private static final int DIES = 7;

    @TempDir private Path folder;

    @Test
    @Tag("long")
    void oneForgesAndOneDiesAndTheOtherFiveGoOn() throws Exception {
        try (Network network = Scenario.make(folder.resolve("network"), 7, 0);
                SplitMember faulty = SplitMember.split(network, FORGES)) {
            network.start(1, 2, 3, 4, 5, DIES);
            faulty.start();
            network.openAccounts();
            try (Load load = Scenario.load(network)) {
                load.awaitMore(50);
                Forger forger = new Forger(List.of(new byte[] {1, 2, 3}));
                faulty.middle().tamper(forger);
                network.kill(DIES);
                Network.until("it forges", forger::proposed, proposed -> proposed >= 2);
                load.awaitMore(100);
                network.start(DIES);
                Scenario.awaitCurrent(network, DIES);
                faulty.middle().tamper(Tampering.NONE);
                assertThat(forger.executed()).isEmpty();
                Scenario.finish(network, load);
                faulty.stop();
                Scenario.check(network, load);
            }
            assertThat(faulty.middle().outOfOrder()).isEmpty();
        }
    }
}
