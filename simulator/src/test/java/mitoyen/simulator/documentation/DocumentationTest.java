package mitoyen.simulator.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitoyen.node.Mitoyen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents say can be followed: links lead somewhere, commands are commands, lists are
/// complete.
class DocumentationTest {
    private static final Path ROOT = Path.of(System.getProperty("mitoyen.root")).normalize();
    private static final Path DECISIONS = ROOT.resolve("docs/decisions");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern RULE = Pattern.compile("\\b(?:CE|EN|LE|JO|LI)-[0-9]+\\b");
    private static final Pattern HEADING =
            Pattern.compile("(?m)^\\*\\*((?:CE|EN|LE|JO|LI)-[0-9]+)\\.");
    private static final Pattern SPAN =
            Pattern.compile("\\b(CE|EN|LE|JO|LI)-([0-9]+) to \\1-([0-9]+)\\b");

    static Stream<MarkdownFile> documents() throws IOException {
        return MarkdownFile.listBelow(ROOT).stream();
    }

    static Stream<String> commands() throws IOException {
        return documents()
                .flatMap(document -> document.commands().stream())
                .filter(command -> command.startsWith("./mitoyen"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkOfADocumentPointsToSomethingThatExists(MarkdownFile document) {
        for (String link : document.relativeLinks()) {
            String[] parts = link.split("#", 2);
            Path target =
                    parts[0].isEmpty()
                            ? document.path()
                            : document.path().resolveSibling(decoded(parts[0])).normalize();
            assertThat(target).as(link).exists().startsWith(ROOT);
            if (parts.length == 2) {
                assertThat(MarkdownFile.of(target).anchors()).as(link).contains(parts[1]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandOfADocumentIsOneOfTheProgram(String command) throws Exception {
        List<String> arguments = List.of(command.split("\\s+"));
        assertThat(arguments)
                .filteredOn(argument -> argument.startsWith("examples/"))
                .allSatisfy(file -> assertThat(ROOT.resolve(file)).exists());

        if (arguments.get(1).equals("test")) {
            assertThat(helpOfTheLaunchersTest()).contains(arguments.subList(1, arguments.size()));
        } else {
            String[] behind = arguments.stream().skip(1).toArray(String[]::new);
            assertThatCode(() -> Mitoyen.program().parseArgs(behind)).doesNotThrowAnyException();
        }
    }

    @Test
    void theReadmeStartsTheDemoAndThenSettlesAndVerifies() {
        assertThat(MarkdownFile.of(ROOT.resolve("README.md")).commands())
                .filteredOn(command -> command.startsWith("./mitoyen"))
                .extracting(command -> command.split(" ", -1)[1])
                .startsWith("demo", "settle", "verify");
    }

    @Test
    void everyDecisionIsNumberedOnceAndListed() throws IOException {
        List<String> records;
        try (Stream<Path> files = Files.list(DECISIONS)) {
            records =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("README.md"))
                            .sorted()
                            .toList();
        }

        assertThat(records).allMatch(name -> name.matches("\\d{4}-[a-z0-9-]+\\.md"));
        assertThat(records).extracting(name -> name.substring(0, 4)).doesNotHaveDuplicates();
        assertThat(MarkdownFile.of(DECISIONS.resolve("README.md")).relativeLinks())
                .containsExactlyElementsOf(records);
    }

    @Test
    void everyDecisionIsHeadedByItsNumber() throws IOException {
        try (Stream<Path> files = Files.list(DECISIONS)) {
            assertThat(files.filter(file -> !file.endsWith("README.md")))
                    .allSatisfy(file ->
                            assertThat(file)
                                    .content()
                                    .startsWith(
                                            "# "
                                                    + file.getFileName().toString().substring(0, 4)
                                                    + ". "));
        }
    }

    @Test
    void theChangelogHasTheVersionOfTheProgram() throws IOException {
        Matcher version =
                Pattern.compile("<artifactId>mitoyen</artifactId>\\s*<version>(.+?)</version>")
                        .matcher(Files.readString(ROOT.resolve("pom.xml")));

        assertThat(version.find()).isTrue();
        assertThat(ROOT.resolve("CHANGELOG.md")).content().contains("\n## " + version.group(1));
    }

    @Test
    void theCodeMapNamesEveryPackageOfLedgerConsensusAndNode() throws IOException {
        List<String> packages =
                Sources.listMain().stream()
                        .filter(file -> file.endsWith("package-info.java"))
                        .map(file -> Sources.packageOf(file).replaceFirst("^mitoyen\\.", ""))
                        .filter(name -> !name.startsWith("simulator"))
                        .toList();

        assertThat(codeMap().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(packages);
    }

    @Test
    void theCodeMapStartsAtTypesThatExist() throws IOException {
        List<String> types = Sources.listMain().stream().map(Sources::typeOf).toList();

        assertThat(codeMap().flatMap(DocumentationTest::typesOf)).isSubsetOf(types);
    }

    @Test
    void everyRuleThatTheCodeCitesIsInTheSpecification() throws IOException {
        SortedSet<String> specified = new TreeSet<>();
        for (MarkdownFile page : MarkdownFile.listBelow(ROOT.resolve("docs/spec"))) {
            specified.addAll(rules(String.join("\n", page.lines())));
        }
        SortedSet<String> cited = new TreeSet<>();
        for (Path file : Sources.listAll()) {
            cited.addAll(rules(Files.readString(file)));
        }

        assertThat(specified).isNotEmpty().containsAll(cited);
    }

    @Test
    void everyRuleOfTheSpecificationHasANumberOfItsOwn() throws IOException {
        assertThat(headed()).doesNotHaveDuplicates();
    }

    @Test
    void everyRuleOfTheSpecificationIsCitedByATest() throws IOException {
        List<String> specified = headed();
        Set<String> cited = new TreeSet<>();
        for (Path file : Sources.listAll()) {
            if (file.toString().contains("/src/test/")) {
                String text = Files.readString(file);
                cited.addAll(rules(text));
                SPAN.matcher(text)
                        .results()
                        .flatMap(DocumentationTest::rulesOf)
                        .forEach(cited::add);
            }
        }

        assertThat(specified).isNotEmpty();
        assertThat(cited).containsAll(specified);
    }

    private static Stream<MatchResult> codeMap() {
        Pattern row = Pattern.compile("(?m)^\\| `([a-z]+(?:\\.[a-z]+)*)` \\|.*\\|([^|]*)\\|$");
        return row.matcher(
                        String.join("\n", MarkdownFile.of(ROOT.resolve("ARCHITECTURE.md")).lines()))
                .results();
    }

    private static Stream<String> typesOf(MatchResult row) {
        return CODE.matcher(row.group(2))
                .results()
                .map(type -> "mitoyen." + row.group(1) + "." + type.group(1));
    }

    /// The numbers of all rules, in the order of their pages.
    private static List<String> headed() throws IOException {
        List<String> rules = new ArrayList<>();
        for (MarkdownFile page : MarkdownFile.listBelow(ROOT.resolve("docs/spec"))) {
            HEADING.matcher(String.join("\n", page.lines()))
                    .results()
                    .forEach(rule -> rules.add(rule.group(1)));
        }
        return rules;
    }

    private static List<String> rules(String text) {
        return RULE.matcher(text).results().map(MatchResult::group).toList();
    }

    /// The rules from the first to the last of a span such as `EN-20 to EN-27`.
    private static Stream<String> rulesOf(MatchResult span) {
        return IntStream.rangeClosed(
                        Integer.parseInt(span.group(2)), Integer.parseInt(span.group(3)))
                .mapToObj(number -> span.group(1) + "-" + number);
    }

    /// The launcher does `test` itself: it builds, and so cannot be part of what is built.
    private static String helpOfTheLaunchersTest() throws IOException {
        Process launcher =
                new ProcessBuilder(ROOT.resolve("mitoyen").toString(), "test", "--help").start();
        return new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String decoded(String link) {
        return URLDecoder.decode(link, StandardCharsets.UTF_8);
    }
}
