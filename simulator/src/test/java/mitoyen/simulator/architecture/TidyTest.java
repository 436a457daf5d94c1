package mitoyen.simulator.architecture;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every file of the project keeps to, and no compiler checks.
class TidyTest {
    private static final Path ROOT = Path.of(System.getProperty("mitoyen.root"));
    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".idea", ".vscode", ".cifuzz-corpus", ".approval_tests_temp");
    // Split, so that this file does not break its own rules.
    private static final Pattern LEFT_UNDONE =
            Pattern.compile("(?<!`)\\b(TO" + "DO|FIX" + "ME)\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile(
                    "(^|[\\s\"'=(:`])/(ho" + "me|wo" + "rk|fa" + "rm|Us" + "ers|tm" + "p/w)/");
    private static final Pattern HOST = Pattern.compile("https?://([a-zA-Z0-9.-]+)");
    // Names of XML's and of who wrote a JDK; nothing is fetched from them.
    private static final Set<String> HOSTS =
            Set.of("maven.apache.org", "www.w3.org", "www.apache.org", "adoptium.net");
    private static final Set<String> LICENCES =
            Set.of(
                    "Apache-2.0",
                    "MIT",
                    "BSD-2-Clause",
                    "BSD-3-Clause",
                    "0BSD",
                    "EPL-2.0",
                    "MPL-2.0");
    private static final String REPOSITORY = repository();
    private static final Pattern ROW = Pattern.compile("^\\| `?([^`| ]+)`? *\\| ([^ |]+) *\\|");
    private static final int LONGEST_FILE = 500;
    private static final int LONGEST_LINE = 100;

    @Test
    void nothing_is_left_undone() throws IOException {
        assertThat(linesWith(LEFT_UNDONE.asPredicate())).isEmpty();
    }

    @Test
    void no_file_names_a_folder_of_somebodys_machine() throws IOException {
        assertThat(linesWith(MACHINE_PATH.asPredicate())).isEmpty();
    }

    @Test
    void sources_are_at_most_500_lines_of_at_most_100_columns() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files().filter(TidyTest::isSource).toList()) {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() > LONGEST_FILE) {
                tooLong.add(ROOT.relativize(file) + ": " + lines.size() + " lines");
            }
            if (file.toString().matches(".*/src/main/.*\\.java")) {
                lines.stream()
                        .filter(line -> line.codePointCount(0, line.length()) > LONGEST_LINE)
                        .filter(line -> !line.startsWith("import "))
                        .forEach(line -> tooLong.add(ROOT.relativize(file) + ": " + line));
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void the_build_downloads_from_nowhere_but_the_readers_own_repositories() throws IOException {
        List<Path> build =
                files().filter(file ->
                                file.endsWith("pom.xml")
                                        || file.equals(ROOT.resolve("mitoyen"))
                                        || file.startsWith(ROOT.resolve(".mvn"))
                                        || file.startsWith(ROOT.resolve(".ci")))
                        .toList();
        assertThat(build).contains(ROOT.resolve("pom.xml"), ROOT.resolve("mitoyen"));
        for (Path file : build) {
            assertThat(HOST.matcher(Files.readString(file)).results().map(found -> found.group(1)))
                    .as(file.toString())
                    .isSubsetOf(HOSTS);
        }
    }

    @Test
    void every_library_is_listed_with_a_licence_we_accept() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String row : Files.readAllLines(ROOT.resolve("docs/licences.md"))) {
            Matcher cells = ROW.matcher(row);
            if (cells.find() && LICENCES.contains(cells.group(2))) {
                listed.add(cells.group(1));
            }
        }
        Set<String> used =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(path -> path.startsWith(REPOSITORY) && !path.contains("/mitoyen/"))
                        .map(TidyTest::groupOf)
                        .collect(toCollection(TreeSet::new));

        assertThat(used).isNotEmpty().isSubsetOf(listed);
    }

    /// Maven's repository, wherever it is: that of the library that runs this test, which lies
    /// under `org/junit/jupiter`, artifact and version.
    private static String repository() {
        URL jar = Test.class.getProtectionDomain().getCodeSource().getLocation();
        return jar.getPath().substring(0, jar.getPath().indexOf("org/junit/jupiter/"));
    }

    /// The group of a jar in Maven's repository, where it lies under group, artifact and version.
    private static String groupOf(String jar) {
        Path path = Path.of(jar.substring(REPOSITORY.length()));
        return path.subpath(0, path.getNameCount() - 3).toString().replace('/', '.');
    }

    private static boolean isSource(Path file) {
        return file.toString().matches(".*\\.(java|jte|js|mjs|css|html|md|sql|xml)")
                && !file.toString().contains("/vendor/");
    }

    private static List<String> linesWith(Predicate<String> pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files().toList()) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.filter(pattern)
                        .forEach(line -> found.add(ROOT.relativize(file) + ": " + line));
            } catch (UncheckedIOException notText) {
                assertThat(notText.getCause()).isInstanceOf(MalformedInputException.class);
            }
        }
        return found;
    }

    private static Stream<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                ROOT,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        return NOT_OURS.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        files.add(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files.stream().sorted();
    }
}
