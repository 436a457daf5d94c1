package mitoyen.simulator.settlement;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import mitoyen.consensus.disk.Disk;
import mitoyen.simulator.faults.FaultyDisk;

/// A disk between whose steps something else happens, such as another process reading: before a
/// file is appended to, replaced or removed, before its end is made durable, and before a commit.
final class SteppedDisk implements Disk {
    private final Disk disk = FaultyDisk.sound();
    private final Between between;

    SteppedDisk(Between between) {
        this.between = between;
    }

    /// What happens between two steps.
    @FunctionalInterface
    interface Between {
        void run() throws IOException;
    }

    @Override
    public Appender append(Path file) throws IOException {
        between.run();
        return new SteppedAppender(disk.append(file));
    }

    @Override
    public Replacement replacement(Path file) throws IOException {
        between.run();
        return disk.replacement(file);
    }

    @Override
    public Replacement replacementPrivate(Path file) throws IOException {
        return disk.replacementPrivate(file);
    }

    /// Documents, which no backup reads.
    @Override
    public Replacement replacementUnsynced(Path file) throws IOException {
        return disk.replacementUnsynced(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        between.run();
        disk.delete(file);
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
        between.run();
    }

    private final class SteppedAppender implements Appender {
        private final Appender appender;

        SteppedAppender(Appender appender) {
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
            between.run();
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
