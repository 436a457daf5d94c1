package mitoyen.node.cometbft;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(variables);
        Process process = builder.start();
        try (ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor()) {
            return answer(String.join(" ", command), process, reading);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } catch (ExecutionException unread) {
            throw new IOException(String.join(" ", command) + " cannot be read", unread);
        }
    }

    private static String answer(String command, Process process, ExecutorService reading)
            throws IOException, InterruptedException, ExecutionException {
        try {
            process.getOutputStream().close();
            Future<String> said = reading.submit(() -> text(process.getInputStream()));
            Future<String> complained = reading.submit(() -> text(process.getErrorStream()));
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command + " took longer than " + SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command + " failed: " + complained.get());
            }
            return said.get();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
