package mitoyen.simulator.faults;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mitoyen.consensus.disk.Disk;
import mitoyen.simulator.files.Folders;
import mitoyen.simulator.model.Chance;

/// A disk that goes wrong again and again, by chance, and outlives the processes that use it.
///
/// It has two ways. It *fails*: writes and syncs throw [DiskFault], or the power goes and every
/// call throws [Crash] until [#powerOn]; whoever keeps to what was acknowledged loses nothing by
/// that. And it *lies*: what it said it wrote is elsewhere, or wrong; those places are its
/// [#damages].
///
/// Not for use by several threads at once.
public final class UnreliableDisk implements Disk {
    /// What a misdirected write is a multiple of [bytes].
    private static final int SECTOR_BYTES = 512;

    /// The most that still fits on a disk that begins to be full [bytes].
    private static final int LAST_BYTES = 3000;

    private final Chance chance;
    private final DiskOdds odds;
    private final FaultLog log;
    private final Map<Path, Unsynced> unsynced = new TreeMap<>();
    private final List<Damage> damages = new ArrayList<>();
    private long roomBytes = Long.MAX_VALUE;
    private int operationsToCrash;
    private boolean dead;

    /// A disk that is sound so far.
    ///
    /// @param chance decides what goes wrong, and how
    /// @param log is told of every fault
    public UnreliableDisk(Chance chance, DiskOdds odds, FaultLog log) {
        this.chance = chance;
        this.odds = odds;
        this.log = log;
    }

    /// Lets the power go at an operation to come.
    ///
    /// @param operations 1 for the next one
    public void crashIn(int operations) {
        operationsToCrash = operations;
    }

    /// Lets the power go now, while nothing is written.
    ///
    /// @throws IOException if the files below this disk fail
    public void crash() throws IOException {
        loseWhatIsInDoubt();
    }

    /// Whether the power is gone.
    public boolean isDead() {
        return dead;
    }

    /// The power comes back: what is there now is there for certain.
    public void powerOn() {
        dead = false;
        operationsToCrash = 0;
        unsynced.clear();
    }

    /// Whether there is no space left.
    public boolean isFull() {
        return roomBytes != Long.MAX_VALUE;
    }

    /// Somebody cleans up: there is space again.
    public void makeRoom() {
        roomBytes = Long.MAX_VALUE;
    }

    /// Turns a bit of what is durable in one of these files, if there is anything.
    public void rot(List<Path> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        Path file = chance.oneOf(files);
        long durable = durableBytes(file);
        if (durable > 0) {
            long at = chance.below(durable);
            try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
                ByteBuffer one = ByteBuffer.allocate(1);
                channel.read(one, at);
                one.put(0, flipped(one.get(0))).rewind();
                channel.write(one, at);
            }
            damage(Fault.ROTTEN_BIT, file, at, at + 1);
        }
    }

    /// The places about which the disk lied.
    public List<Damage> damages() {
        return List.copyOf(damages);
    }

    /// Forgets lies: what they were about was read and found sound, or written anew.
    public void forgetDamages(List<Damage> mended) {
        damages.removeAll(mended);
    }

    @Override
    public Appender append(Path file) throws IOException {
        if (Files.notExists(file)) {
            take(Fault.CRASH_AT_CREATE, file, () -> Files.createFile(file));
        }
        checkAlive();
        FileChannel channel = FileChannel.open(file, READ, WRITE);
        Unsynced doubts = unsynced.get(file);
        if (doubts == null) {
            doubts = new Unsynced(channel.size());
            unsynced.put(file, doubts);
        }
        return new UnreliableAppender(file, channel, doubts);
    }

    @Override
    public Replacement replacement(Path file) throws IOException {
        return new UnreliableReplacement(file, true);
    }

    @Override
    public Replacement replacementUnsynced(Path file) throws IOException {
        return new UnreliableReplacement(file, false);
    }

    /// The same as [#replacement]: there are no other users.
    @Override
    public Replacement replacementPrivate(Path file) throws IOException {
        return replacement(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        take(Fault.CRASH_AT_DELETE, file, () -> Files.deleteIfExists(file));
        unsynced.remove(file);
    }

    @Override
    public void writeUnsynced(Path file, byte[] content) throws IOException {
        take(Fault.CRASH_AT_CREATE, file, () -> Files.createFile(file));
        unsynced.put(file, new Unsynced(0));
        take(Fault.CRASH_AT_WRITE, file, () -> Files.write(file, content));
    }

    @Override
    public void deleteFolder(Path folder) throws IOException {
        take(Fault.CRASH_AT_DELETE, folder, () -> Folders.delete(folder));
        unsynced.keySet().removeIf(file -> file.startsWith(folder));
    }

    @Override
    public void moveFolder(Path from, Path to) throws IOException {
        take(Fault.CRASH_AT_RENAME, from, () -> Files.move(from, to, ATOMIC_MOVE));
        Unsynced.move(unsynced, from, to);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        checkAlive();
        if (Files.notExists(directory)) {
            take(Fault.CRASH_AT_CREATE, directory, () -> Files.createDirectories(directory));
        }
    }

    @Override
    public void before(String step) throws IOException {
        take(Fault.CRASH_AT_WRITE, Path.of(step), () -> {});
    }

    /// A step that comes to the disk whole or not at all.
    private void take(Fault boundary, Path file, Step step) throws IOException {
        boolean crashes = isCrash();
        if (!crashes || chance.happens(1, 2)) {
            step.run();
        }
        if (crashes) {
            throw crash(boundary, file);
        }
    }

    private boolean isCrash() {
        checkAlive();
        return operationsToCrash > 0 && --operationsToCrash == 0;
    }

    private void checkAlive() {
        if (dead) {
            throw new Crash("the power is gone");
        }
    }

    private Crash crash(Fault boundary, Path file) throws IOException {
        log.happened(boundary, name(file));
        loseWhatIsInDoubt();
        return new Crash(boundary + " of " + name(file));
    }

    private void loseWhatIsInDoubt() throws IOException {
        dead = true;
        for (Map.Entry<Path, Unsynced> entry : unsynced.entrySet()) {
            Path file = entry.getKey();
            if (Files.exists(file) && entry.getValue().isInDoubt(Files.size(file))) {
                log.happened(Fault.TORN_FILE, name(file));
                entry.getValue().tear(file, chance);
            }
        }
    }

    private long durableBytes(Path file) throws IOException {
        Unsynced doubts = unsynced.get(file);
        return doubts == null ? Files.size(file) : Math.min(Files.size(file), doubts.syncedBytes());
    }

    private boolean hits(int oneIn) {
        return oneIn > 0 && chance.below(oneIn) == 0;
    }

    private byte flipped(byte value) {
        return (byte) (value ^ (1 << chance.below(8)));
    }

    private DiskFault fault(Fault fault, Path file, String message) {
        log.happened(fault, name(file));
        return new DiskFault(message);
    }

    private void damage(Fault fault, Path file, long from, long to) {
        log.happened(fault, name(file) + " " + from + " " + to);
        damages.add(new Damage(file, from, to));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /// How many of these bytes still fit [bytes].
    private int reserve(Path file, int bytes) {
        if (!isFull() && hits(odds.full())) {
            log.happened(Fault.FULL_DISK, name(file));
            roomBytes = chance.below(LAST_BYTES);
        }
        if (!isFull()) {
            return bytes;
        }
        int fitting = (int) Math.min(bytes, roomBytes);
        roomBytes -= fitting;
        return fitting;
    }

    /// Writes bytes at a place of a file, or fails as a disk does.
    private void write(Path file, FileChannel channel, byte[] bytes, long at) throws IOException {
        int fitting = reserve(file, bytes.length);
        if (fitting < bytes.length) {
            channel.write(ByteBuffer.wrap(bytes, 0, fitting), at);
            throw new DiskFault("No space left on device");
        }
        if (hits(odds.shortWrite())) {
            channel.write(ByteBuffer.wrap(bytes, 0, chance.below(bytes.length)), at);
            throw fault(Fault.SHORT_WRITE, file, "Input/output error");
        }
        channel.write(ByteBuffer.wrap(bytes), at);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private final class UnreliableAppender implements Appender {
        private final Path file;
        private final FileChannel channel;
        private final Unsynced doubts;

        UnreliableAppender(Path file, FileChannel channel, Unsynced doubts) {
            this.file = file;
            this.channel = channel;
            this.doubts = doubts;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void write(ByteBuffer buffer) throws IOException {
            boolean crashes = isCrash();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            long end = channel.size();
            if (crashes) {
                channel.write(ByteBuffer.wrap(bytes), end);
                throw crash(Fault.CRASH_AT_WRITE, file);
            }
            if (doubts.syncedBytes() >= SECTOR_BYTES && hits(odds.misdirectedWrite())) {
                misdirect(bytes, end);
            } else if (hits(odds.flippedWrite())) {
                int at = chance.below(bytes.length);
                bytes[at] = flipped(bytes[at]);
                damage(Fault.FLIPPED_WRITE, file, end + at, end + at + 1);
                UnreliableDisk.this.write(file, channel, bytes, end);
            } else {
                UnreliableDisk.this.write(file, channel, bytes, end);
            }
        }

        /// The bytes go over some that were durable, and where they belong there is nothing.
        private void misdirect(byte[] bytes, long end) throws IOException {
            long at = chance.below(doubts.syncedBytes() / SECTOR_BYTES) * SECTOR_BYTES;
            int length = (int) Math.min(bytes.length, doubts.syncedBytes() - at);
            channel.write(ByteBuffer.wrap(bytes, 0, length), at);
            channel.write(ByteBuffer.allocate(bytes.length), end);
            damage(Fault.MISDIRECTED_WRITE, file, at, at + length);
            damages.add(new Damage(file, end, end + bytes.length));
        }

        @Override
        public void sync() throws IOException {
            checkAlive();
            if (hits(odds.failedSync())) {
                switch (chance.below(3)) {
                    case 0 -> doubts.sync(channel.size());
                    case 1 -> doubts.abandon(channel.size());
                    default -> {}
                }
                throw fault(Fault.FAILED_SYNC, file, "Input/output error");
            }
            take(Fault.CRASH_AT_SYNC, file, () -> doubts.sync(channel.size()));
        }

        @Override
        public void truncate(long size) throws IOException {
            take(Fault.CRASH_AT_TRUNCATE, file, () -> doubts.truncate(channel, file, size));
        }

        /// Closing makes nothing durable, and a dead process's files are closed for it.
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /// A new content, gathered in memory until it is committed.
    private final class UnreliableReplacement implements Replacement {
        private final Path file;
        private final boolean synced;
        private final Path temporary;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private boolean moved;

        UnreliableReplacement(Path file, boolean synced) throws IOException {
            this.file = file;
            this.synced = synced;
            this.temporary = Disk.temporary(file);
            take(Fault.CRASH_AT_CREATE, temporary, () -> Files.write(temporary, new byte[0]));
            unsynced.put(temporary, new Unsynced(0));
        }

        @Override
        public OutputStream out() {
            return content;
        }

        @Override
        public void commit() throws IOException {
            Unsynced doubts = new Unsynced(0);
            unsynced.put(temporary, doubts);
            try (FileChannel channel = FileChannel.open(temporary, WRITE)) {
                boolean crashes = isCrash();
                writeContent(channel);
                if (crashes) {
                    throw crash(Fault.CRASH_AT_WRITE, temporary);
                }
            }
            if (synced) {
                if (hits(odds.failedSync())) {
                    throw fault(Fault.FAILED_SYNC, temporary, "Input/output error");
                }
                take(Fault.CRASH_AT_SYNC, temporary, () -> doubts.sync(Files.size(temporary)));
            }
            take(
                    Fault.CRASH_AT_RENAME,
                    file,
                    () -> {
                        Files.move(temporary, file, ATOMIC_MOVE, REPLACE_EXISTING);
                        moved = true;
                        unsynced.remove(temporary);
                        unsynced.put(file, doubts);
                    });
        }

        private void writeContent(FileChannel channel) throws IOException {
            byte[] bytes = content.toByteArray();
            if (bytes.length > 0 && hits(odds.flippedWrite())) {
                int at = chance.below(bytes.length);
                bytes[at] = flipped(bytes[at]);
                damage(Fault.FLIPPED_WRITE, file, at, at + 1);
            }
            UnreliableDisk.this.write(temporary, channel, bytes, 0);
        }

        @Override
        public void close() throws IOException {
            if (!dead && !moved) {
                unsynced.remove(temporary);
                Files.deleteIfExists(temporary);
            }
        }
    }
}
