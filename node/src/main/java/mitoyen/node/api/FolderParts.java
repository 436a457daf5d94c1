package mitoyen.node.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.keys.Keys;
import mitoyen.node.settlement.Archive;

/// What a node's folder holds, looked at before anything is opened: a part that it cannot reach
/// would otherwise show in the middle of its start, or once it needs the part and has only a log to
/// say so.
final class FolderParts {
    private static final List<String> TABLES =
            List.of("views.sqlite", "views.sqlite-wal", "views.sqlite-shm");

    private FolderParts() {}

    /// Makes sure that the node can read what is there, and write what it is going to. Nothing is
    /// made.
    ///
    /// @throws IOException naming the first part that it cannot, and why
    static void require(NodeConfiguration configuration) throws IOException {
        Path folder = configuration.folder();
        requireFolder(folder, true);
        requireFolder(Archive.ledger(folder), true);
        requireFolder(Archive.snapshots(folder), true);
        requireFolder(folder.resolve("joining"), true);
        // Only who settles makes keys, or seals readings.
        boolean settles = configuration.inbox().isPresent() || configuration.settler().isPresent();
        requireFolder(Archive.keys(folder), settles);
        requireFolder(Archive.vault(folder), settles);
        requireFile(Keys.communityFile(Archive.keys(folder)), false);
        for (String name : TABLES) {
            requireFile(folder.resolve(name), true);
        }
    }

    private static void requireFolder(Path folder, boolean toWrite) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        requireAccess(folder, toWrite);
        if (Files.exists(folder) && !Files.isExecutable(folder)) {
            throw notAllowed(folder, "read what is in");
        }
    }

    private static void requireFile(Path file, boolean toWrite) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": a folder, not a file; move it away");
        }
        requireAccess(file, toWrite);
    }

    private static void requireAccess(Path path, boolean toWrite) throws IOException {
        if (Files.exists(path) && !Files.isReadable(path)) {
            throw notAllowed(path, "read");
        }
        if (Files.exists(path) && toWrite && !Files.isWritable(path)) {
            throw notAllowed(path, "write");
        }
    }

    private static IOException notAllowed(Path path, String what) {
        return new IOException(path + ": not allowed to " + what + " it; check its owner and mode");
    }
}
