package mitoyen.consensus.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The disk of the machine, with something that happens before each sync of a file that grows.
///
/// @param beforeSync what happens then
public record WatchedDisk(Step beforeSync) implements Disk {
    private static final Disk DISK = new RealDisk();

    /// What happens before a sync.
    @FunctionalInterface
    public interface Step {
        /// Lets it happen.
        void run() throws IOException;
    }

    @Override
    public Appender append(Path file) throws IOException {
        return new WatchedAppender(DISK.append(file), beforeSync);
    }

    @Override
    public Replacement replacement(Path file) throws IOException {
        return DISK.replacement(file);
    }

    @Override
    public Replacement replacementPrivate(Path file) throws IOException {
        return DISK.replacementPrivate(file);
    }

    @Override
    public Replacement replacementUnsynced(Path file) throws IOException {
        return DISK.replacementUnsynced(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        DISK.delete(file);
    }

    @Override
    public void moveFolder(Path from, Path to) throws IOException {
        DISK.moveFolder(from, to);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        DISK.createDirectories(directory);
    }

    @Override
    public void before(String step) throws IOException {
        DISK.before(step);
    }

    private record WatchedAppender(Appender appender, Step beforeSync) implements Appender {
        @Override
        public long size() throws IOException {
            return appender.size();
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            appender.write(bytes);
        }

        @Override
        public void sync() throws IOException {
            beforeSync.run();
            appender.sync();
        }

        @Override
        public void truncate(long size) throws IOException {
            appender.truncate(size);
        }

        @Override
        public void close() throws IOException {
            appender.close();
        }
    }
}
