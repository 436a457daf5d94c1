package mitoyen.simulator.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A document of the project, read as far as the tests need: its links, headings and commands.
///
/// @param path where it lies
/// @param lines its text
record MarkdownFile(Path path, List<String> lines) {
    private static final Pattern LINK = Pattern.compile("]\\(<?([^)\\s>]+)>?[^)]*\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules");

    MarkdownFile {
        lines = List.copyOf(lines);
    }

    static MarkdownFile of(Path path) {
        try {
            return new MarkdownFile(path, Files.readAllLines(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Every Markdown file below a folder, builds left out.
    static List<MarkdownFile> listBelow(Path root) throws IOException {
        List<MarkdownFile> files = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes of) {
                        return NOT_OURS.contains(dir.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes of) {
                        if (file.toString().endsWith(".md")) {
                            files.add(MarkdownFile.of(file));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    /// What its links and pictures point to, in order, other sites left out.
    List<String> relativeLinks() {
        return prose().flatMap(line -> LINK.matcher(CODE.matcher(line).replaceAll("")).results())
                .map((MatchResult link) -> link.group(1))
                .filter(target -> !target.contains("://") && !target.startsWith("mailto:"))
                .toList();
    }

    /// Its headings as the part of an address behind `#`.
    List<String> anchors() {
        return prose().filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ +", "").toLowerCase(Locale.ROOT))
                .map(text -> text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    /// The commands in its blocks of shell, one a line, without comments and prompts.
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        boolean shell = false;
        for (String line : lines) {
            if (line.startsWith("```")) {
                shell = !shell && line.matches("```(sh|console|shell|bash)");
            } else if (shell) {
                String command = line.replaceFirst("^\\$ ", "").replaceFirst("\\s+#.*", "");
                commands.addAll(List.of(command.split("\\s*&&\\s*")));
            }
        }
        return commands;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private Stream<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            boolean fence = line.startsWith("```");
            code ^= fence;
            if (!code && !fence) {
                prose.add(line);
            }
        }
        return prose.stream();
    }
}
