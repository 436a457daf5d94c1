package mitoyen.consensus.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A disk that leaves everything to another: for one that does something more, and says only that.
public abstract class ForwardingDisk implements Disk {
    private final Disk disk;

    /// @param disk to which everything goes
    protected ForwardingDisk(Disk disk) {
        this.disk = disk;
    }

    @Override
    public Appender append(Path file) throws IOException {
        return disk.append(file);
    }

    @Override
    public Replacement replacement(Path file) throws IOException {
        return disk.replacement(file);
    }

    @Override
    public Replacement replacementPrivate(Path file) throws IOException {
        return disk.replacementPrivate(file);
    }

    @Override
    public Replacement replacementUnsynced(Path file) throws IOException {
        return disk.replacementUnsynced(file);
    }

    @Override
    public void createPrivate(Path file, Content content) throws IOException {
        disk.createPrivate(file, content);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void writeUnsynced(Path file, byte[] content) throws IOException {
        disk.writeUnsynced(file, content);
    }

    @Override
    public void deleteFolder(Path folder) throws IOException {
        disk.deleteFolder(folder);
    }

    @Override
    public void moveFolder(Path from, Path to) throws IOException {
        disk.moveFolder(from, to);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void before(String step) throws IOException {
        disk.before(step);
    }

    /// The end of a file, likewise.
    protected abstract static class ForwardingAppender implements Appender {
        private final Appender appender;

        /// @param appender to which everything goes
        protected ForwardingAppender(Appender appender) {
            this.appender = appender;
        }

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
