package mitoyen.simulator.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder that is gone when it is closed, or when the process is asked to end.
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;
    private final Thread atExit;

    private TemporaryFolder(Path path) {
        this.path = path;
        this.atExit = new Thread(this::deleteAsFarAsPossible);
    }

    /// Makes one among the temporary files.
    ///
    /// @param prefix how its name begins
    public static TemporaryFolder create(String prefix) throws IOException {
        TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(prefix));
        Runtime.getRuntime().addShutdownHook(folder.atExit);
        return folder;
    }

    /// Where it is.
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Folders.delete(path);
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void deleteAsFarAsPossible() {
        try {
            Folders.delete(path);
        } catch (IOException stillInUse) {
            System.err.println("mitoyen: not all of " + path + " could be removed");
        }
    }
}
