package mitoyen.consensus.snapshot;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import mitoyen.consensus.Hash;

/// The bytes of a file at any place: mapped, so that they are read from the disk when they are
/// asked for and leave the memory when it is needed. A file system that maps nothing is read.
///
/// A mapping ends with its arena: by itself when nobody holds on to it, or when it is told to.
/// Until then the file may be removed, and not cut, and keeps its place on the disk.
final class SnapshotBytes {
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment bytes;

    private SnapshotBytes(MemorySegment bytes) {
        this.bytes = bytes;
    }

    static SnapshotBytes of(Path file) throws IOException {
        return of(file, Arena.ofAuto());
    }

    /// @param arena that ends the mapping
    static SnapshotBytes of(Path file, Arena arena) throws IOException {
        if (!file.getFileSystem().equals(FileSystems.getDefault())) {
            return new SnapshotBytes(MemorySegment.ofArray(Files.readAllBytes(file)));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new SnapshotBytes(
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        }
    }

    long length() {
        return bytes.byteSize();
    }

    byte[] read(long at, int length) {
        return bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    }

    int readInt(long at) {
        return bytes.get(INT, at);
    }

    long readLong(long at) {
        return bytes.get(LONG, at);
    }

    Hash readHash(long at) {
        return Hash.of(read(at, Hash.LENGTH));
    }

    ByteBuffer buffer(long at, int length) {
        return bytes.asSlice(at, length).asByteBuffer();
    }

    /// The CRC-32C of some of the bytes, less than 2 GB of them.
    int checksum(long at, long length) {
        CRC32C checksum = new CRC32C();
        checksum.update(buffer(at, Math.toIntExact(length)));
        return (int) checksum.getValue();
    }
}
