package mitoyen.ledger.light;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.ByteString;
import org.junit.jupiter.params.provider.MethodSource;

/// LE-1 for light blocks, with inputs that Jazzer finds: each is decided, and what decodes encodes
/// to the same bytes.
final class LightBlocksFuzz {
    static Stream<byte[]> examples() throws IOException {
        return LightWorld.recorded().values().stream().map(ByteString::toBytes);
    }

    @MethodSource("examples")
    @FuzzTest
    void anyBytesGetAnAnswer(byte[] input) {
        LightClientTest.isItselfOrRefused(input);
    }
}
