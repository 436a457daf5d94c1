package mitoyen.ledger.energy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.RoundTrip;
import org.junit.jupiter.params.provider.MethodSource;

/// LE-1 for what the state holds of communities with settlers, with inputs that Jazzer finds.
final class SettlementValuesFuzz {
    static Stream<byte[]> examples() {
        return SettlementValues.examples().values().stream();
    }

    @MethodSource("examples")
    @FuzzTest
    void whatDecodesEncodesToTheSameBytes(byte[] input) {
        RoundTrip.holdsForAll(SettlementValues.CODECS, input);
    }
}
