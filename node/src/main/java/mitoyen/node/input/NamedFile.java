package mitoyen.node.input;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file that somebody named on the command line.
public final class NamedFile {
    private NamedFile() {}

    /// Opens it. The platform opens a folder as well, and fails without its name once it is read.
    ///
    /// @throws IOException if it is a folder, or cannot be opened
    public static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": a folder, not a file; name a file in it");
        }
        return Files.newInputStream(file);
    }

    /// Refuses a place for a new file where something is already, or that is in no folder.
    public static void requireRoom(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new IOException(file + ": exists already; name another file, or move it away");
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IOException(file + ": its folder is not there; make it first");
        }
    }

    /// The lines of a file of ASCII; none where it is longer than any that is written here.
    ///
    /// @param limit the most that is written [bytes]
    public static List<String> lines(Path file, int limit) throws IOException {
        try (InputStream in = open(file)) {
            byte[] bytes = in.readNBytes(limit + 1);
            return bytes.length > limit
                    ? List.of()
                    : new String(bytes, StandardCharsets.US_ASCII).lines().toList();
        }
    }

    /// The first line of a file in UTF-8; empty where it has none.
    public static String firstLine(Path file) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(open(file), StandardCharsets.UTF_8.newDecoder()))) {
            String line = reader.readLine();
            return line == null ? "" : line;
        } catch (CharacterCodingException malformed) {
            throw new IOException(file + ": not UTF-8 text; save it as UTF-8", malformed);
        }
    }
}
