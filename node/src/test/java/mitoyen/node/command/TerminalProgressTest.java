package mitoyen.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// The line that is written anew while something takes long.
final class TerminalProgressTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(said, true, StandardCharsets.UTF_8);

    @Test
    void onANarrowTerminalItStaysOneLine() {
        try (TerminalProgress progress = new TerminalProgress(terminal, true)) {
            while (said.size() == 0) {
                progress.step("recomputing blocks", 1, 2);
            }
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[K\u001b[?7lrecomputing blocks 50 %\u001b[?7h\r\u001b[K");
    }

    @Test
    void whereNobodyReadsThereIsNone() {
        try (TerminalProgress progress = new TerminalProgress(terminal, false)) {
            progress.step("recomputing blocks", 1, 2);
        }
        assertThat(said.size()).isZero();
    }
}
