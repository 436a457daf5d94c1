package mitoyen.ledger.governance;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.RoundTrip;
import org.junit.jupiter.params.provider.MethodSource;

/// LE-1 for what the state holds of validators, with inputs that Jazzer finds.
final class GovernanceValuesFuzz {
    static Stream<byte[]> examples() {
        return GovernanceValues.examples().values().stream();
    }

    @MethodSource("examples")
    @FuzzTest
    void whatDecodesEncodesToTheSameBytes(byte[] input) {
        RoundTrip.holdsForAll(GovernanceValues.CODECS, input);
    }
}
