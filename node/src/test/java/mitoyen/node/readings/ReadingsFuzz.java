package mitoyen.node.readings;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Files of readings, with bytes that Jazzer finds.
final class ReadingsFuzz {
    static Stream<byte[]> examples() {
        return Stream.of(InputFuzzTest.READINGS.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("examples")
    @FuzzTest
    void readingsAreReadOrRefused(byte[] bytes) throws IOException {
        InputFuzzTest.readingsAreReadOrRefused(bytes);
    }
}
