package mitoyen.node.inbox;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files of an inbox at one moment.
///
/// @param stamps readings and communities, by name, each with what would tell that it was replaced,
///   written to or given other rights
record Arrivals(SortedMap<Path, Stamp> stamps) {
    /// How many files are looked at, at most: more of them wait for the next look.
    private static final int MOST = 1_000;

    /// Where a file system tells it, the time at which rights or the name changed last.
    private static final String CHANGED = "ctime";

    /// What tells files apart.
    private static final String STAMP =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
                    ? "unix:isRegularFile,fileKey,size,lastModifiedTime," + CHANGED
                    : "isRegularFile,fileKey,size,lastModifiedTime";

    Arrivals {
        stamps = Collections.unmodifiableSortedMap(new TreeMap<>(stamps));
    }

    /// What lies in an inbox now. Folders, hidden files, links and files of other names are left
    /// alone: whoever copies slowly gives a file another name until it is whole.
    static Arrivals in(Path inbox) throws IOException {
        SortedMap<Path, Stamp> stamps = new TreeMap<>();
        try (Stream<Path> all = Files.list(inbox)) {
            for (Path file : all.filter(Arrivals::isOurs).sorted().limit(MOST).toList()) {
                findStamp(file).ifPresent(stamp -> stamps.put(file, stamp));
            }
        }
        return new Arrivals(stamps);
    }

    List<Path> files() {
        return List.copyOf(stamps.keySet());
    }

    /// Whether a file is still there and as it arrived.
    boolean isStill(Path file) throws IOException {
        return findStamp(file).equals(Optional.ofNullable(stamps.get(file)));
    }

    /// Whether what has another name now is a file that arrived, and as it arrived.
    boolean isStill(Path file, Path moved) throws IOException {
        return findStamp(moved)
                .map(Stamp::content)
                .equals(Optional.ofNullable(stamps.get(file)).map(Stamp::content));
    }

    /// The stamp of a file; nothing where it is none, or was taken away meanwhile.
    private static Optional<Stamp> findStamp(Path file) throws IOException {
        try {
            Map<String, Object> stamp =
                    new TreeMap<>(Files.readAttributes(file, STAMP, LinkOption.NOFOLLOW_LINKS));
            String changed = String.valueOf(stamp.remove(CHANGED));
            return Boolean.TRUE.equals(stamp.get("isRegularFile"))
                    ? Optional.of(new Stamp(stamp.toString(), changed))
                    : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /// What a file was at one moment.
    ///
    /// @param content what would tell that it is another file, or was written to
    /// @param changed what would tell that it was given other rights, or another name
    record Stamp(String content, String changed) {}

    /// Whether a file describes a community, and not readings.
    static boolean isCommunity(Path file) {
        String name = nameOf(file);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    List<Path> readings() {
        return files().stream().filter(file -> !isCommunity(file)).toList();
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
