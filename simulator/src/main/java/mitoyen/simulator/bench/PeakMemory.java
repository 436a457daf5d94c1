package mitoyen.simulator.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mitoyen.node.Mitoyen;

/// The most memory that the program ever held, as the operating system counts it: everything, not
/// the heap alone.
public final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";
    private static final long KIBIBYTES_A_MEBIBYTE = 1_024;

    private PeakMemory() {}

    /// Runs a command of the program and then writes the peak [KiB] into a file.
    ///
    /// @param arguments that file, then the command and what belongs to it
    public static void main(String[] arguments) throws IOException {
        String[] command = Stream.of(arguments).skip(1).toArray(String[]::new);
        int status = Mitoyen.run(command);
        Files.writeString(Path.of(arguments[0]), Long.toString(peakKibibytes()));
        System.exit(status);
    }

    /// Settles in a process of its own, with the flags that this one was started with.
    ///
    /// @return the peak of that process [MiB]
    /// @throws IOException if it fails
    static long settle(Path community, Path readings, Path out) throws IOException {
        Path result = Files.createTempFile("mitoyen", ".peak");
        try {
            Process process =
                    new ProcessBuilder(command(result, community, readings, out))
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
            if (process.waitFor() != Mitoyen.DONE) {
                throw new IOException("settling in a process of its own failed: " + said);
            }
            return Math.ceilDiv(Long.parseLong(Files.readString(result)), KIBIBYTES_A_MEBIBYTE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            Files.delete(result);
        }
    }

    private static List<String> command(Path result, Path community, Path readings, Path out) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(PeakMemory.class.getName(), result.toString(), "settle"));
        command.addAll(List.of("--community", community.toString()));
        command.addAll(List.of("--readings", readings.toString(), "--out", out.toString()));
        return command;
    }

    private static long peakKibibytes() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(PEAK))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IOException(STATUS + " names no peak of memory"));
    }
}
