package mitoyen.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Standard output that is full, or that nobody reads.
final class StandardOutputTest {
    @Test
    void whatAPrinterSwallowsIsRemembered() {
        StandardOutput full = printedTo(failing("No space left on device"));
        assertThat(full.findFailure()).hasValue("No space left on device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Broken pipe", "Relais brisé (pipe)"})
    void aReaderWhoWantsNoMoreIsNoFailure(String why) {
        assertThat(printedTo(failing(why)).findFailure()).isEmpty();
    }

    @Test
    void whatIsWrittenGoesThrough() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        assertThat(printedTo(written).findFailure()).isEmpty();
        assertThat(written).hasToString("a line\n");
    }

    private static StandardOutput printedTo(OutputStream out) {
        StandardOutput standard = new StandardOutput(out);
        try (PrintStream printer = new PrintStream(standard, true, StandardCharsets.UTF_8)) {
            printer.print("a line\n");
        }
        return standard;
    }

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(why);
            }
        };
    }
}
