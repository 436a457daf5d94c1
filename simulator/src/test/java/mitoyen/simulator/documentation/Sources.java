package mitoyen.simulator.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The Java files of the project's modules.
final class Sources {
    private static final Path ROOT = Path.of(System.getProperty("mitoyen.root"));
    private static final List<String> MODULES = List.of("ledger", "consensus", "node", "simulator");

    private Sources() {}

    /// The program's own, tests left out.
    static List<Path> listMain() throws IOException {
        return list("src/main/java");
    }

    /// All of them.
    static List<Path> listAll() throws IOException {
        return list("src");
    }

    /// The package that a file lies in.
    static String packageOf(Path file) {
        Path folder = file.getParent();
        while (!folder.endsWith("java")) {
            folder = folder.getParent();
        }
        return folder.relativize(file.getParent()).toString().replace('/', '.');
    }

    /// The full name of the type that a file holds.
    static String typeOf(Path file) {
        String name = file.getFileName().toString();
        return packageOf(file) + "." + name.substring(0, name.length() - ".java".length());
    }

    private static List<Path> list(String folder) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }
}
