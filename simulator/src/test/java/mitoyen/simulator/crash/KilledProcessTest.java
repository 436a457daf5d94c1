package mitoyen.simulator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mitoyen.node.Mitoyen;
import mitoyen.simulator.files.Folders;
import mitoyen.simulator.model.Chance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real program in a process of its own, killed without warning at moments drawn by lot and
/// started again until it comes to its end.
class KilledProcessTest {
    private static final Path ROOT = Path.of(System.getProperty("mitoyen.root"));
    private static final Path EXAMPLE = ROOT.resolve("examples/confluence");
    private static final int FOLDERS = 2;
    private static final int KILLS = 2;
    private static final int KILLED = 128 + 9;

    @Test
    void a_killed_settlement_run_again_ends_as_if_nothing_had_happened(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path whole = folder.resolve("whole");
        long start = System.nanoTime();
        assertThat(settle(whole).waitFor()).as("see %s.log", whole).isEqualTo(Mitoyen.DONE);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

        long seed = System.nanoTime();
        Chance chance = Chance.of(seed);
        for (int number = 0; number < FOLDERS; number++) {
            Path stopped = folder.resolve("stopped-" + number);
            long latest = millis;
            while (!isKilled(whole, stopped, latest, chance)) {
                latest /= 2;
            }
            assertThat(settle(stopped).waitFor()).as("seed %d", seed).isEqualTo(Mitoyen.DONE);
            assertThat(bytes(stopped)).as("seed %d", seed).isEqualTo(bytes(whole));
            assertThat(Mitoyen.run("verify", stopped.toString())).isEqualTo(Mitoyen.DONE);
        }
    }

    /// Begins a settlement and kills it, again and again.
    ///
    /// @param latest how late at most, but for a quarter of it [ms]
    /// @return whether each run was killed, and none had come to its end before
    private static boolean isKilled(Path whole, Path stopped, long latest, Chance chance)
            throws IOException, InterruptedException {
        Folders.delete(stopped);
        copy(whole.resolve("keys"), stopped.resolve("keys"));
        boolean killed = true;
        for (int kill = 0; kill < KILLS && killed; kill++) {
            killed = isKilledAfter(latest / 4 + chance.below(latest), settle(stopped));
        }
        return killed;
    }

    /// @return false if the process had already ended
    private static boolean isKilledAfter(long millis, Process process) throws InterruptedException {
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            assertThat(process.exitValue()).isEqualTo(Mitoyen.DONE);
            return false;
        }
        process.destroyForcibly();
        return process.waitFor() == KILLED;
    }

    private static Process settle(Path out) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Mitoyen.class.getName(),
                        "settle",
                        "--community",
                        EXAMPLE.resolve("community.yaml").toString(),
                        "--readings",
                        EXAMPLE.resolve("readings-2025-10.csv").toString(),
                        "--out",
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(out + ".log"))
                .start();
    }

    /// Every byte that is the same for everyone who holds the same keys.
    private static SortedMap<String, String> bytes(Path folder) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        for (Path file : files(folder)) {
            String name = folder.relativize(file).toString();
            if (!name.startsWith("vault")) {
                byte[] content = Files.readAllBytes(file);
                contents.put(name, new String(content, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }
}
