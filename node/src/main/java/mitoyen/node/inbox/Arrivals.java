package mitoyen.node.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The files of an inbox at one moment.
///
/// @param files readings and communities, by name
/// @param stamp what would tell that any of them was replaced or written to
record Arrivals(List<Path> files, String stamp) {
    /// How many files are looked at, at most: more of them wait for the next look.
    private static final int MOST = 1_000;

    Arrivals {
        files = List.copyOf(files);
    }

    /// What lies in an inbox now. Folders, hidden files, links and files of other names are left
    /// alone: whoever copies slowly gives a file another name until it is whole.
    static Arrivals in(Path inbox) throws IOException {
        List<Path> files = new ArrayList<>();
        StringBuilder stamp = new StringBuilder();
        try (Stream<Path> all = Files.list(inbox)) {
            for (Path file : all.filter(Arrivals::isOurs).sorted().limit(MOST).toList()) {
                BasicFileAttributes attributes =
                        Files.readAttributes(
                                file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isRegularFile()) {
                    files.add(file);
                    stamp.append(file.getFileName())
                            .append('|')
                            .append(attributes.size())
                            .append('|')
                            .append(attributes.lastModifiedTime())
                            .append('\n');
                }
            }
        }
        return new Arrivals(files, stamp.toString());
    }

    /// Whether a file describes a community, and not readings.
    static boolean isCommunity(Path file) {
        String name = nameOf(file);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    List<Path> readings() {
        return files.stream().filter(file -> !isCommunity(file)).toList();
    }

    /// Whether a file has the name of readings or of a community.
    static boolean isOurs(Path file) {
        String name = nameOf(file);
        return !name.startsWith(".")
                && (name.endsWith(".csv") || name.endsWith(".csv.gz") || isCommunity(file));
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }
}
