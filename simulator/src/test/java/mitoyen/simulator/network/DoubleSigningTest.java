package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.governance.Misbehaviour;
import mitoyen.ledger.governance.Seat;
import mitoyen.ledger.governance.Seat.Offence;
import mitoyen.ledger.governance.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A validator that two machines run with one key (`LE-174`, `LE-177`).
class DoubleSigningTest {
    private static final int FIRST = 4;
    private static final int SECOND = 5;

    @TempDir private Path folder;

    @Test
    void whoSignsTwiceLosesItsSeatAndTheOthersGoOn() throws Exception {
        try (Network network = Scenario.make(folder.resolve("network"), 4, 1)) {
            String key = "config/priv_validator_key.json";
            Files.copy(
                    network.member(FIRST).cometbft().resolve(key),
                    network.member(SECOND).cometbft().resolve(key),
                    StandardCopyOption.REPLACE_EXISTING);
            network.start();
            network.openAccounts();
            try (Load load = Scenario.load(network)) {
                Network.until(
                        "three validators are left",
                        () -> network.countValidators(1),
                        found -> found.equals(Optional.of(3)));
                load.awaitMore(100);
                Scenario.end(network, load);
            }
            Seat lost =
                    Ledgers.state(network, 1)
                            .governance()
                            .findSeat(validator(network).address())
                            .orElseThrow();
            assertThat(lost.isTaken()).isFalse();
            assertThat(lost.offence().map(Offence::evidence).map(Evidence::kind))
                    .contains(Misbehaviour.DOUBLE_SIGNING);
        }
    }

    private static Validator validator(Network network) {
        return network.street().genesis().governance().orElseThrow().validators().stream()
                .filter(each -> each.name().equals(network.member(FIRST).name()))
                .findFirst()
                .orElseThrow();
    }
}
