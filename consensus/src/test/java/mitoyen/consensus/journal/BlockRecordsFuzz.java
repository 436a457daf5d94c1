package mitoyen.consensus.journal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes are a block in exactly one way, or are refused (`JO-7`), with inputs that Jazzer
/// finds.
final class BlockRecordsFuzz {
    static Stream<byte[]> examples() {
        return Stream.of(BlockRecordFuzzTest.example());
    }

    @MethodSource("examples")
    @FuzzTest
    void anyPayloadIsABlockOrRefused(byte[] payload) {
        BlockRecordFuzzTest.checkPayload(payload);
    }
}
