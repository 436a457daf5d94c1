package mitoyen.node.cometbft;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// CometBFT built with Go from its sources, which Go fetches and checks.
///
/// CometBFT asks for a Go newer than many distributions have. A Go of 1.21 or later fetches a newer
/// one when told that it may; for an older one that is done here.
final class GoBuild {
    private static final String PROGRAM =
            "github.com/cometbft/cometbft/cmd/cometbft@v" + CometBinary.VERSION;

    /// What CometBFT's `go.mod` asks for.
    private static final int NEEDED = 25;

    private static final int FETCHES_OTHERS = 21;
    private static final String TOOLCHAIN = "v0.0.1-go1." + NEEDED + ".0.";
    private static final Pattern GO_VERSION = Pattern.compile("go1\\.([0-9]{1,4})\\b.*");
    private static final Duration LINE_EVERY = Duration.ofSeconds(15);

    private final Path go;
    private final Path folder;
    private final Consumer<String> progress;

    /// @param go its program
    /// @param folder what is built is left in
    GoBuild(Path go, Path folder, Consumer<String> progress) {
        this.go = go;
        this.folder = folder;
        this.progress = progress;
    }

    /// Builds the program and puts it at a place, whole or not at all.
    ///
    /// @throws IOException if it cannot be built, naming the file with all that Go said
    void build(Path target) throws IOException {
        progress.accept(
                "Building CometBFT "
                        + CometBinary.VERSION
                        + " in "
                        + folder
                        + ", once; this takes some minutes");
        Map<String, String> variables = new HashMap<>();
        Path parts = Files.createTempDirectory(folder, "build");
        variables.put("GOBIN", parts.toString());
        variables.put("CGO_ENABLED", "0");
        int version = version();
        if (version >= FETCHES_OTHERS && version < NEEDED) {
            variables.put("GOTOOLCHAIN", "auto");
        }
        Path compiler = go;
        if (version < FETCHES_OTHERS) {
            Path root = fetchGo();
            compiler = root.resolve("bin/go");
            variables.put("GOROOT", root.toString());
        }
        install(compiler, variables);
        Files.move(
                parts.resolve("cometbft"),
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Files.delete(parts);
    }

    /// The second number of a Go 1.N.
    private int version() throws IOException {
        String said = Commands.run(List.of(go.toString(), "env", "GOVERSION"));
        Matcher version = GO_VERSION.matcher(said);
        if (!version.matches()) {
            throw new IOException(go + ": not a Go 1.16 or later: " + said);
        }
        return Integer.parseInt(version.group(1));
    }

    /// The folder of a newer Go, from where Go gets all modules. Archives of modules do not say
    /// what may be executed.
    private Path fetchGo() throws IOException {
        String system =
                Commands.run(List.of(go.toString(), "env", "GOOS"))
                        + "-"
                        + Commands.run(List.of(go.toString(), "env", "GOARCH"));
        String module = "golang.org/toolchain@" + TOOLCHAIN + system;
        String said =
                Commands.run(
                        List.of(go.toString(), "mod", "download", "-json", module),
                        Map.of("GOFLAGS", "-mod=mod"));
        Path root;
        try {
            root = Path.of(JsonMapper.shared().readTree(said).path("Dir").asString(""));
        } catch (JacksonException malformed) {
            throw new IOException(go + ": it says not where " + module + " is", malformed);
        }
        allowExecution(root.resolve("bin"));
        allowExecution(root.resolve("pkg/tool").resolve(system.replace('-', '_')));
        return root;
    }

    private static void allowExecution(Path programs) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(programs)) {
            for (Path file : files) {
                Set<PosixFilePermission> permissions =
                        EnumSet.copyOf(Files.getPosixFilePermissions(file));
                if (permissions.add(PosixFilePermission.OWNER_EXECUTE)) {
                    Files.setPosixFilePermissions(file, permissions);
                }
            }
        }
    }

    private void install(Path compiler, Map<String, String> variables) throws IOException {
        Path log = folder.resolve("build.log");
        ProcessBuilder builder =
                new ProcessBuilder(compiler.toString(), "install", PROGRAM)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        long since = System.nanoTime();
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            while (!process.waitFor(LINE_EVERY.toSeconds(), TimeUnit.SECONDS)) {
                long seconds = Duration.ofNanos(System.nanoTime() - since).toSeconds();
                progress.accept("Building CometBFT (" + seconds + " s)");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            process.destroy();
        }
        if (process.exitValue() != 0) {
            List<String> lines = Files.readAllLines(log);
            throw new IOException(
                    compiler
                            + " install "
                            + PROGRAM
                            + " failed: "
                            + (lines.isEmpty() ? "it said nothing" : lines.getLast())
                            + "; all of it is in "
                            + log);
        }
    }
}
