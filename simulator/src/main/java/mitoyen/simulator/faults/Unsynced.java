package mitoyen.simulator.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/// What of a file has not come to the disk for certain: all beyond a length, and perhaps a
/// truncation.
final class Unsynced {
    /// What a disk writes whole or not at all [bytes].
    private static final int SECTOR_BYTES = 512;

    private long syncedBytes;
    private byte[] cut = new byte[0];

    /// @param syncedBytes the length that is durable [bytes]
    Unsynced(long syncedBytes) {
        this.syncedBytes = syncedBytes;
    }

    /// Forgets the doubts: all of the file is durable.
    void sync(long sizeBytes) {
        syncedBytes = sizeBytes;
        cut = new byte[0];
    }

    /// Cuts the file, in a way that a crash may undo.
    void truncate(FileChannel channel, Path file, long sizeBytes) throws IOException {
        if (sizeBytes < syncedBytes) {
            cut = read(file, sizeBytes, syncedBytes);
            syncedBytes = sizeBytes;
        }
        channel.truncate(sizeBytes);
    }

    /// Leaves of the file what a crash might leave.
    void tear(Path file, Random chance) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            boolean nothingFollows = channel.size() == syncedBytes;
            if (nothingFollows && cut.length > 0 && chance.nextBoolean()) {
                channel.write(ByteBuffer.wrap(cut), syncedBytes);
            } else {
                tearEnd(channel, chance);
            }
        }
    }

    private void tearEnd(FileChannel channel, Random chance) throws IOException {
        long size = channel.size();
        switch (chance.nextInt(5)) {
            case 0 -> channel.truncate(syncedBytes);
            case 1 -> channel.truncate(chance.nextLong(syncedBytes, size + 1));
            case 2 -> loseSectors(channel, chance);
            case 3 -> {
                channel.truncate(chance.nextLong(syncedBytes, size + 1));
                loseSectors(channel, chance);
            }
            default -> {}
        }
    }

    private void loseSectors(FileChannel channel, Random chance) throws IOException {
        long size = channel.size();
        long from = syncedBytes;
        while (from < size) {
            long to = Math.min(size, (from / SECTOR_BYTES + 1) * SECTOR_BYTES);
            if (chance.nextBoolean()) {
                channel.write(ByteBuffer.allocate(Math.toIntExact(to - from)), from);
            }
            from = to;
        }
    }

    private static byte[] read(Path file, long from, long to) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
                // Reads on until all is there.
            }
            return bytes.array();
        }
    }
}
