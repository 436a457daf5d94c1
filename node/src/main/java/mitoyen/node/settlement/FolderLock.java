package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.input.Fault;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.Refused;

/// One run at a time in a folder: a lock on a file of its own, `.lock`, which nothing else ever
/// opens.
///
/// On POSIX a process loses its locks on a file as soon as it closes the file once, wherever that
/// happens; so the lock is on no file that is also read, and while this process has a folder it
/// does not open the file again.
public final class FolderLock implements AutoCloseable {
    private static final String NAME = ".lock";
    private static final Set<Path> OURS = new HashSet<>();

    private final Path folder;
    private final Optional<FileChannel> channel;

    private FolderLock(Path folder, Optional<FileChannel> channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// Takes the folder, which is made, for its owner alone, where it is not there.
    ///
    /// @throws Refused if another run has it
    public static FolderLock take(Path folder, Disk disk) throws IOException, Refused {
        requireNoFile(folder);
        if (Files.notExists(folder)) {
            disk.createDirectories(folder);
        }
        return find(folder, false, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .orElseThrow(() -> busy(folder));
    }

    /// Keeps writers out while a folder is read; a folder that has no lock file has no writer.
    ///
    /// @throws Refused if a run is settling there
    public static FolderLock share(Path folder) throws IOException, Refused {
        if (Files.notExists(folder.resolve(NAME))) {
            return new FolderLock(folder, Optional.empty());
        }
        return find(folder, true, StandardOpenOption.READ).orElseThrow(() -> busy(folder));
    }

    /// Whether a run is settling in a folder. Keeps nobody out but for the moment of asking.
    public static boolean isTaken(Path folder) throws IOException {
        try {
            requireFree(folder);
            return false;
        } catch (Refused busy) {
            return true;
        }
    }

    /// Makes sure that no run has a folder, which need not be there; nothing is made. Keeps nobody
    /// out but for the moment of asking.
    ///
    /// @throws Refused if one has it
    public static void requireFree(Path folder) throws IOException, Refused {
        requireNoFile(folder);
        synchronized (OURS) {
            share(folder).close();
        }
    }

    private static void requireNoFile(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + ": a file, not a folder; name another");
        }
        if (Files.isDirectory(folder.resolve(NAME))) {
            throw new IOException(folder.resolve(NAME) + ": a folder, not a file; move it away");
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isPresent()) {
            synchronized (OURS) {
                OURS.remove(folder);
                channel.get().close();
            }
        }
    }

    private static Refused busy(Path folder) {
        return new Refused(new Mistake(folder.toString(), 0, Fault.FOLDER_BUSY));
    }

    /// The lock, or nothing where this process or another has it.
    private static Optional<FolderLock> find(Path folder, boolean shared, OpenOption... options)
            throws IOException {
        Path place = folder.toRealPath();
        synchronized (OURS) {
            if (OURS.contains(place)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(folder.resolve(NAME), options);
            if (channel.tryLock(0, Long.MAX_VALUE, shared) == null) {
                channel.close();
                return Optional.empty();
            }
            OURS.add(place);
            return Optional.of(new FolderLock(place, Optional.of(channel)));
        }
    }
}
