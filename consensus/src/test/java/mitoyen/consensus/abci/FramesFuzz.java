package mitoyen.consensus.abci;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes are requests that the handler can be asked, or are refused, with inputs that Jazzer
/// finds.
final class FramesFuzz {
    static Stream<byte[]> examples() throws IOException {
        return Stream.of(FrameFuzzTest.everyRequest());
    }

    @MethodSource("examples")
    @FuzzTest
    void anyStreamIsRequestsOrRefused(byte[] stream) throws IOException {
        FrameFuzzTest.requestsIn(stream);
    }
}
