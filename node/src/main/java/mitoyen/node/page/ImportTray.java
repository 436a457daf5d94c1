package mitoyen.node.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/// The files that were dropped on the import page, until they are settled or thrown away: in a
/// folder of their own that nobody else may read, under names of ours.
final class ImportTray implements AutoCloseable {
    private static final int MOST_FILES = 200;
    private static final int LONGEST_NAME = 200;

    private final Path folder;
    private final long limitBytes;
    // Its names may be read while files come and go.
    private final SortedMap<String, Path> files = new ConcurrentSkipListMap<>();
    private int count;

    /// An empty tray.
    ///
    /// @param limitBytes the most that all its files may take together
    ImportTray(long limitBytes) throws IOException {
        this.folder = Files.createTempDirectory("mitoyen-import");
        this.limitBytes = limitBytes;
    }

    /// Why a file was not taken.
    enum Refusal {
        /// Its name is not that of readings or of a community.
        NAME,
        /// All files together are too large.
        SIZE,
        /// There are too many.
        COUNT
    }

    /// Takes a file; one of the same name is replaced once the new one is there. Of one that does
    /// not come whole nothing stays.
    ///
    /// @return why it was not taken; empty if it was
    Optional<Refusal> add(String name, InputStream content) throws IOException {
        if (name.isEmpty() || name.length() > LONGEST_NAME || endingOf(name).isEmpty()) {
            return Optional.of(Refusal.NAME);
        }
        if (files.size() >= MOST_FILES && !files.containsKey(name)) {
            return Optional.of(Refusal.COUNT);
        }
        Path old = files.get(name);
        long replaced = old == null ? 0 : Files.size(old);
        Path file = folder.resolve("file" + ++count + endingOf(name));
        boolean whole = false;
        try {
            whole = copy(content, file, limitBytes - size() + replaced);
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
        if (!whole) {
            return Optional.of(Refusal.SIZE);
        }
        files.put(name, file);
        if (old != null) {
            Files.deleteIfExists(old);
        }
        return Optional.empty();
    }

    /// The names under which files were dropped, whoever is at work on them.
    List<String> names() {
        return List.copyOf(files.keySet());
    }

    /// The files of readings.
    List<Path> readings() {
        return files.values().stream().filter(file -> !isCommunity(file)).toList();
    }

    /// The community's file, if one was dropped; the last by name if several were.
    Optional<Path> community() {
        return files.values().stream().filter(ImportTray::isCommunity).reduce((_, last) -> last);
    }

    /// The name under which a file was dropped.
    ///
    /// @param path as a mistake names it
    Optional<String> findName(String path) {
        return files.entrySet().stream()
                .filter(entry -> entry.getValue().toString().equals(path))
                .map(entry -> entry.getKey())
                .findFirst();
    }

    /// Throws all files away.
    void clear() throws IOException {
        for (Path file : files.values()) {
            Files.deleteIfExists(file);
        }
        files.clear();
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    private long size() throws IOException {
        long size = 0;
        for (Path file : files.values()) {
            size += Files.size(file);
        }
        return size;
    }

    /// Copies until the end or until the limit is passed.
    private static boolean copy(InputStream content, Path file, long limit) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long copied = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                copied += read;
                if (copied > limit) {
                    return false;
                }
                out.write(buffer, 0, read);
            }
        }
        return true;
    }

    private static boolean isCommunity(Path file) {
        return file.toString().endsWith(".yaml");
    }

    /// The ending that a file is kept under: nothing else of its name reaches the disk.
    private static String endingOf(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
            return ".yaml";
        }
        if (lower.endsWith(".gz")) {
            return ".csv.gz";
        }
        return lower.endsWith(".csv") ? ".csv" : "";
    }
}
