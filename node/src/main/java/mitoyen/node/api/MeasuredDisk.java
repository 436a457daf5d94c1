package mitoyen.node.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import mitoyen.consensus.disk.Disk;

/// A disk that tells how long each sync of a file that grows took.
final class MeasuredDisk implements Disk {
    private final Disk disk;
    private final LongConsumer synced;

    /// @param synced told the time that a sync took [ns]
    MeasuredDisk(Disk disk, LongConsumer synced) {
        this.disk = disk;
        this.synced = synced;
    }

    @Override
    public Appender append(Path file) throws IOException {
        Appender appender = disk.append(file);
        return new Appender() {
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
                long start = System.nanoTime();
                appender.sync();
                synced.accept(System.nanoTime() - start);
            }

            @Override
            public void truncate(long size) throws IOException {
                appender.truncate(size);
            }

            @Override
            public void close() throws IOException {
                appender.close();
            }
        };
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
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void moveFolder(Path from, Path to) throws IOException {
        disk.moveFolder(from, to);
    }

    @Override
    public void before(String step) throws IOException {
        disk.before(step);
    }
}
