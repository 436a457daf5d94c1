package mitoyen.simulator.faults;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import mitoyen.consensus.disk.Disk;
import mitoyen.simulator.model.Chance;

/// A disk that fails at a chosen place, and leaves real files as a real one would have left them.
///
/// At a crash, of what was written and not synced, any part may be there: nothing, all, a
/// beginning, or the whole length with sectors of zeros; a truncation, a rename, a new or a removed
/// file may have come to the disk or not. A seed decides. After it every call throws [Crash] again:
/// that process is dead, and the code under test is run anew, with another disk, on the files it
/// left.
public final class FaultyDisk implements Disk {
    private final int crashStep;
    private final Chance chance;
    private final Map<Path, Unsynced> unsynced = new TreeMap<>();
    private long roomBytes;
    private int steps;
    private volatile boolean dead;

    private FaultyDisk(int crashStep, long seed, long roomBytes) {
        this.crashStep = crashStep;
        this.chance = Chance.of(seed);
        this.roomBytes = roomBytes;
    }

    /// A disk without a fault, to count the steps of a job.
    public static FaultyDisk sound() {
        return new FaultyDisk(0, 0, Long.MAX_VALUE);
    }

    /// A disk whose machine loses its power while it takes a step.
    ///
    /// @param step 1 for the first; beyond the last, nothing happens
    /// @param seed decides, together with the step, what is left
    public static FaultyDisk crashingAt(int step, long seed) {
        return new FaultyDisk(step, seed * 1_000_003 + step, Long.MAX_VALUE);
    }

    /// A disk that takes so many bytes [bytes] and then says that there is no space left.
    public static FaultyDisk fullAfter(long bytes) {
        return new FaultyDisk(0, 0, bytes);
    }

    /// The number of durable steps begun so far: every creation, write, sync, truncation, rename,
    /// removal and named step of others.
    public synchronized int steps() {
        return steps;
    }

    @Override
    public synchronized Appender append(Path file) throws IOException {
        if (Files.notExists(file)) {
            take("create " + file.getFileName(), () -> Files.createFile(file));
        }
        checkAlive();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        Unsynced doubts = unsynced.get(file);
        if (doubts == null) {
            doubts = new Unsynced(channel.size());
            unsynced.put(file, doubts);
        }
        return new FaultyAppender(file, channel, doubts);
    }

    @Override
    public synchronized Replacement replacement(Path file) throws IOException {
        return new FaultyReplacement(file, true);
    }

    /// A file that is put in place without a sync: a later crash may leave any part of it.
    @Override
    public synchronized Replacement replacementUnsynced(Path file) throws IOException {
        return new FaultyReplacement(file, false);
    }

    /// The same as [#replacement]: who may read a file is for the tests of the real disk.
    @Override
    public Replacement replacementPrivate(Path file) throws IOException {
        return replacement(file);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        take("delete " + file.getFileName(), () -> Files.deleteIfExists(file));
        unsynced.remove(file);
    }

    @Override
    public synchronized void writeUnsynced(Path file, byte[] content) throws IOException {
        take("create " + file.getFileName(), () -> Files.createFile(file));
        unsynced.put(file, new Unsynced(0));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            new LimitedStream(channel).write(content);
        }
    }

    /// Before it is gone, some of its files are.
    @Override
    public synchronized void deleteFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    delete(file);
                }
            }
            take("delete " + folder.getFileName(), () -> Files.delete(folder));
        }
    }

    /// What was not synced in the folder is in doubt in its new place.
    @Override
    public synchronized void moveFolder(Path from, Path to) throws IOException {
        take(
                "move " + from.getFileName(),
                () -> {
                    Files.move(from, to, ATOMIC_MOVE);
                    Unsynced.move(unsynced, from, to);
                });
    }

    @Override
    public synchronized void createDirectories(Path directory) throws IOException {
        checkAlive();
        if (Files.notExists(directory)) {
            take("create " + directory.getFileName(), () -> Files.createDirectories(directory));
        }
    }

    @Override
    public synchronized void before(String step) throws IOException {
        take(step, () -> {});
    }

    /// A step that comes to the disk whole or not at all.
    private void take(String name, Step step) throws IOException {
        boolean crashes = isCrashStep();
        if (!crashes || chance.happens(1, 2)) {
            step.run();
        }
        if (crashes) {
            throw crash(name);
        }
    }

    private boolean isCrashStep() {
        checkAlive();
        steps++;
        return steps == crashStep;
    }

    private void checkAlive() {
        if (dead) {
            throw new Crash("down since step " + crashStep);
        }
    }

    private Crash crash(String where) throws IOException {
        dead = true;
        for (Map.Entry<Path, Unsynced> file : unsynced.entrySet()) {
            if (Files.exists(file.getKey())) {
                file.getValue().tear(file.getKey(), chance);
            }
        }
        return new Crash("step " + crashStep + ": " + where);
    }

    /// How many of these bytes still fit [bytes].
    private int reserve(int bytes) {
        int fitting = (int) Math.min(bytes, roomBytes);
        roomBytes -= fitting;
        return fitting;
    }

    private static IOException full() {
        return new IOException("No space left on device");
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private final class FaultyAppender implements Appender {
        private final Path file;
        private final FileChannel channel;
        private final Unsynced doubts;

        FaultyAppender(Path file, FileChannel channel, Unsynced doubts) {
            this.file = file;
            this.channel = channel;
            this.doubts = doubts;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            synchronized (FaultyDisk.this) {
                boolean crashes = isCrashStep();
                int length = bytes.remaining();
                int fitting = reserve(length);
                channel.write(bytes.slice(bytes.position(), fitting), channel.size());
                if (crashes) {
                    throw crash("write " + file.getFileName());
                }
                if (fitting < length) {
                    throw full();
                }
                bytes.position(bytes.limit());
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (FaultyDisk.this) {
                take("sync " + file.getFileName(), () -> doubts.sync(channel.size()));
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            synchronized (FaultyDisk.this) {
                take("truncate " + file.getFileName(), () -> doubts.truncate(channel, file, size));
            }
        }

        /// Closing makes nothing durable, and a dead process's files are closed for it.
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private final class FaultyReplacement implements Replacement {
        private final Path file;
        private final boolean synced;
        private final Path temporary;
        private final FileChannel channel;
        private final OutputStream out;

        FaultyReplacement(Path file, boolean synced) throws IOException {
            this.file = file;
            this.synced = synced;
            this.temporary = Disk.temporary(file);
            take("create " + temporary.getFileName(), () -> Files.write(temporary, new byte[0]));
            this.channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
            this.out = new BufferedOutputStream(new LimitedStream(channel), 1 << 13);
            unsynced.put(temporary, new Unsynced(0));
        }

        @Override
        public OutputStream out() {
            return out;
        }

        @Override
        public void commit() throws IOException {
            out.flush();
            synchronized (FaultyDisk.this) {
                if (synced) {
                    take(
                            "sync " + temporary.getFileName(),
                            () -> unsynced.put(temporary, new Unsynced(channel.size())));
                }
                take(
                        "rename " + file.getFileName(),
                        () -> {
                            Files.move(temporary, file, ATOMIC_MOVE, REPLACE_EXISTING);
                            unsynced.put(file, unsynced.remove(temporary));
                        });
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
            if (!dead) {
                unsynced.remove(temporary);
                Files.deleteIfExists(temporary);
            }
        }
    }

    /// A stream that ends where the disk is full.
    private final class LimitedStream extends OutputStream {
        private final FileChannel channel;

        LimitedStream(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            synchronized (FaultyDisk.this) {
                checkAlive();
                int fitting = reserve(length);
                channel.write(ByteBuffer.wrap(bytes, offset, fitting));
                if (fitting < length) {
                    throw full();
                }
            }
        }
    }
}
