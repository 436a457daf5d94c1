package mitoyen.ledger.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.RoundTrip;
import org.junit.jupiter.params.provider.MethodSource;

/// LE-1 and LE-8 for what travels, with inputs that Jazzer finds.
final class WireValuesFuzz {
    static Stream<byte[]> examples() {
        return WireValues.examples().stream();
    }

    @MethodSource("examples")
    @FuzzTest
    void whatDecodesEncodesToTheSameBytes(byte[] input) {
        RoundTrip.holdsForAll(WireValues.CODECS, input);
    }
}
