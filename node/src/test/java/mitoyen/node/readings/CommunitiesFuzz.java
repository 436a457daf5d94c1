package mitoyen.node.readings;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Files of terms of a community, with bytes that Jazzer finds.
final class CommunitiesFuzz {
    static Stream<byte[]> examples() {
        return Stream.of(InputFuzzTest.COMMUNITY.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("examples")
    @FuzzTest
    void communitiesAreReadOrRefused(byte[] bytes) throws IOException {
        InputFuzzTest.communitiesAreReadOrRefused(bytes);
    }
}
