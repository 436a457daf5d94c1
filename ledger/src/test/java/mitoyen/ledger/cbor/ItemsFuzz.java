package mitoyen.ledger.cbor;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// LE-1 for the reader alone, with inputs that Jazzer finds.
final class ItemsFuzz {
    static Stream<byte[]> examples() {
        return Stream.of(CborFuzzTest.VALID);
    }

    @MethodSource("examples")
    @FuzzTest
    void whatDecodesEncodesToTheSameBytes(byte[] input) {
        CborFuzzTest.isItselfOrRefused(input);
    }
}
