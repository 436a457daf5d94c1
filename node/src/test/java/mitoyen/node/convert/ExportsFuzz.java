package mitoyen.node.convert;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Exports of every kind, with bytes that Jazzer finds.
final class ExportsFuzz {
    static Stream<byte[]> examples() {
        return Arrays.stream(Kind.values())
                .map(ConvertFuzzTest::right)
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("examples")
    @FuzzTest
    void exportsAreConvertedOrRefused(byte[] bytes) throws IOException {
        for (Kind kind : Kind.values()) {
            ConvertFuzzTest.isConvertedOrRefused(kind, bytes);
        }
    }
}
