package mitoyen.ledger.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// LE-1 for the documents of the vault and for version 1, with inputs that Jazzer finds.
final class DocumentsFuzz {
    static Stream<byte[]> examples() {
        return Arrays.stream(DecoderFuzzTest.Kind.values()).map(DecoderFuzzTest::example);
    }

    @MethodSource("examples")
    @FuzzTest
    void whatDecodesEncodesToTheSameBytes(byte[] input) {
        for (DecoderFuzzTest.Kind kind : DecoderFuzzTest.Kind.values()) {
            DecoderFuzzTest.isItselfOrRefused(kind, input);
        }
    }
}
