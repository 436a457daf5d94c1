package mitoyen.node.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

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
}
