package mitoyen.simulator.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mitoyen.simulator.model.Chance;

/// What of a file has not come to the disk for certain: all beyond a length, perhaps a truncation,
/// and what a failed sync gave up.
final class Unsynced {
    /// What a disk writes whole or not at all [bytes].
    private static final int SECTOR_BYTES = 512;

    private long syncedBytes;
    private final List<Part> abandoned = new ArrayList<>();
    private byte[] cut = new byte[0];

    /// @param syncedBytes the length that is durable [bytes]
    Unsynced(long syncedBytes) {
        this.syncedBytes = syncedBytes;
    }

    /// Takes the doubts about a folder's files over to its new place.
    static void move(Map<Path, Unsynced> all, Path from, Path to) {
        Map<Path, Unsynced> moved = new TreeMap<>();
        all.forEach((file, doubts) -> {
            if (file.startsWith(from)) {
                moved.put(to.resolve(from.relativize(file)), doubts);
            }
        });
        all.keySet().removeIf(file -> file.startsWith(from));
        all.putAll(moved);
    }

    /// The length that is durable, or taken to be [bytes].
    long syncedBytes() {
        return syncedBytes;
    }

    /// Whether a crash may leave less of the file, or more, than can be read now.
    ///
    /// @param sizeBytes the file's length [bytes]
    boolean isInDoubt(long sizeBytes) {
        return sizeBytes > syncedBytes || cut.length > 0 || !abandoned.isEmpty();
    }

    /// Forgets the doubts: all of the file is durable, but for what a failed sync gave up. Where a
    /// sector of that was written to since, it came to the disk with the rest.
    void sync(long sizeBytes) {
        abandoned.replaceAll(part ->
                sizeBytes > part.to
                        ? new Part(part.from, part.to / SECTOR_BYTES * SECTOR_BYTES)
                        : part);
        abandoned.removeIf(part -> part.from >= part.to);
        syncedBytes = sizeBytes;
        cut = new byte[0];
    }

    /// Gives up what was to be synced: it can still be read, later syncs take it for written, and a
    /// crash loses sectors of it, as where an operating system drops pages that it could not write.
    void abandon(long sizeBytes) {
        Part part = new Part(syncedBytes, sizeBytes);
        sync(sizeBytes);
        abandoned.add(part);
    }

    /// Cuts the file, in a way that a crash may undo.
    void truncate(FileChannel channel, Path file, long sizeBytes) throws IOException {
        long writtenBytes = abandoned.isEmpty() ? syncedBytes : abandoned.getFirst().from;
        if (sizeBytes < writtenBytes) {
            cut = read(file, sizeBytes, writtenBytes);
        }
        syncedBytes = Math.min(syncedBytes, sizeBytes);
        abandoned.removeIf(part -> part.from >= sizeBytes);
        abandoned.replaceAll(part -> new Part(part.from, Math.min(part.to, sizeBytes)));
        channel.truncate(sizeBytes);
    }

    /// Leaves of the file what a crash might leave.
    void tear(Path file, Chance chance) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            boolean nothingFollows = channel.size() == syncedBytes;
            if (nothingFollows && cut.length > 0 && chance.happens(1, 2)) {
                channel.write(ByteBuffer.wrap(cut), syncedBytes);
            } else {
                tearEnd(channel, chance);
            }
            for (Part part : abandoned) {
                loseSectors(channel, part.from, Math.min(part.to, channel.size()), chance);
            }
        }
    }

    private void tearEnd(FileChannel channel, Chance chance) throws IOException {
        long size = channel.size();
        switch (chance.below(5)) {
            case 0 -> channel.truncate(syncedBytes);
            case 1 -> truncateAnywhere(channel, chance);
            case 2 -> loseSectors(channel, syncedBytes, size, chance);
            case 3 -> {
                truncateAnywhere(channel, chance);
                loseSectors(channel, syncedBytes, channel.size(), chance);
            }
            default -> {}
        }
    }

    private void truncateAnywhere(FileChannel channel, Chance chance) throws IOException {
        long unsyncedBytes = channel.size() - syncedBytes;
        channel.truncate(syncedBytes + chance.below(unsyncedBytes + 1));
    }

    private static void loseSectors(FileChannel channel, long start, long end, Chance chance)
            throws IOException {
        long from = start;
        while (from < end) {
            long to = Math.min(end, (from / SECTOR_BYTES + 1) * SECTOR_BYTES);
            if (chance.happens(1, 2)) {
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

    /// A part of a file [bytes].
    private record Part(long from, long to) {}
}
