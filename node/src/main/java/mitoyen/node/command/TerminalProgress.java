package mitoyen.node.command;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;
import mitoyen.node.readings.Progress;

/// One line at the foot of a terminal, rewritten as work goes on; nothing where there is no
/// terminal.
final class TerminalProgress implements Progress, AutoCloseable {
    private static final long NANOS_BETWEEN = 100_000_000;
    private static final String ERASE_LINE = "\r\u001b[K";

    /// A line that went on in a next one would stay there when it is written anew: on a narrow
    /// terminal its end is out of sight.
    private static final String ONE_LINE = "\u001b[?7l";

    private static final String SEVERAL_LINES = "\u001b[?7h";

    private final PrintStream terminal;
    private final boolean shown;
    private long lastNanos = System.nanoTime();
    private boolean dirty;

    /// @param shown whether a person is there to read it
    TerminalProgress(PrintStream terminal, boolean shown) {
        this.terminal = terminal;
        this.shown = shown;
    }

    /// Progress on the standard error, if a person is there to read it.
    static TerminalProgress onStandardError() {
        return new TerminalProgress(
                System.err,
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
    }

    @Override
    public void step(String what, long done, long total) {
        long now = System.nanoTime();
        if (shown && now - lastNanos > NANOS_BETWEEN) {
            lastNanos = now;
            dirty = true;
            String share = total > 0 ? " " + done * 100 / total + " %" : " " + done;
            terminal.print(ERASE_LINE + ONE_LINE + what + share + SEVERAL_LINES);
            terminal.flush();
        }
    }

    /// Takes the line away.
    @Override
    public void close() {
        if (dirty) {
            terminal.print(ERASE_LINE);
            terminal.flush();
            dirty = false;
        }
    }
}
