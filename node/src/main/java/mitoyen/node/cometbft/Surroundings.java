package mitoyen.node.cometbft;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a machine keeps programs.
///
/// @param environment the process's variables
/// @param home of the user
/// @param usual folders in which Go's installer leaves it, whether on the `PATH` or not
record Surroundings(Map<String, String> environment, Path home, List<Path> usual) {
    Surroundings {
        environment = Map.copyOf(environment);
        usual = List.copyOf(usual);
    }

    static Surroundings ofThisProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                List.of(
                        Path.of("/usr/local/go/bin"),
                        Path.of("/usr/lib/go/bin"),
                        Path.of("/opt/homebrew/bin")));
    }

    /// Where what can be made again is kept: `XDG_CACHE_HOME` or `~/.cache`.
    Path cache() {
        String stated = environment.getOrDefault("XDG_CACHE_HOME", "");
        // A relative one is to be ignored, says the specification of these folders.
        return stated.startsWith("/") ? Path.of(stated) : home.resolve(".cache");
    }

    /// The executables of a name on the `PATH`, in its order.
    List<Path> findPrograms(String name) {
        List<Path> found = new ArrayList<>();
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            try {
                Path program = Path.of(folder).resolve(name);
                if (!folder.isEmpty() && isProgram(program)) {
                    found.add(program);
                }
            } catch (InvalidPathException noFolder) {
                // The shell passes over it too.
            }
        }
        return found;
    }

    Optional<Path> findGo() {
        return findPrograms("go").stream()
                .findFirst()
                .or(() ->
                        usual.stream()
                                .map(folder -> folder.resolve("go"))
                                .filter(Surroundings::isProgram)
                                .findFirst());
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
