package mitoyen.node.cometbft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Other programs, asked a question.
final class Commands {
    private static final long SECONDS = 60;

    private Commands() {}

    /// What a program says on its standard output, without blanks around it.
    ///
    /// @throws IOException if it cannot be started, says that it failed, or takes a minute
    static String run(List<String> command) throws IOException {
        return run(command, Map.of());
    }

    /// What a program says with variables added to its environment.
    static String run(List<String> command, Map<String, String> variables) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            byte[] said = process.getInputStream().readAllBytes();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
            return new String(said, StandardCharsets.UTF_8).strip();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            process.destroyForcibly();
        }
    }
}
