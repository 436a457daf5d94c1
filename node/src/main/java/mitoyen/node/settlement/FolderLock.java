package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.input.Fault;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.Refused;

/// One run at a time in a folder: a lock on a file of its own, `.lock`, which nothing else ever
/// opens.
///
/// On POSIX a process loses its locks on a file as soon as it closes the file once, wherever that
/// happens; so the lock is on no file that is also read.
public final class FolderLock implements AutoCloseable {
    private final Optional<FileChannel> channel;

    private FolderLock(Optional<FileChannel> channel) {
        this.channel = channel;
    }

    /// Takes the folder, which is made, for its owner alone, where it is not there.
    ///
    /// @throws Refused if another run has it
    static FolderLock take(Path folder, Disk disk) throws IOException, Refused {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + ": a file, not a folder; name another with --out");
        }
        if (Files.notExists(folder)) {
            disk.createDirectories(folder);
        }
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (isFree(channel, false)) {
            return new FolderLock(Optional.of(channel));
        }
        channel.close();
        throw busy(folder);
    }

    /// Keeps writers out while a folder is read; a folder that has no lock file has no writer.
    ///
    /// @throws Refused if a run is settling there
    public static FolderLock share(Path folder) throws IOException, Refused {
        Path file = folder.resolve(".lock");
        if (Files.notExists(file)) {
            return new FolderLock(Optional.empty());
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        if (isFree(channel, true)) {
            return new FolderLock(Optional.of(channel));
        }
        channel.close();
        throw busy(folder);
    }

    @Override
    public void close() throws IOException {
        if (channel.isPresent()) {
            channel.get().close();
        }
    }

    private static Refused busy(Path folder) {
        return new Refused(new Mistake(folder.toString(), 0, Fault.FOLDER_BUSY));
    }

    private static boolean isFree(FileChannel channel, boolean shared) throws IOException {
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }
}
