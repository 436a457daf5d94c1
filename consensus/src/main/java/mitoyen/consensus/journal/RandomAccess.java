package mitoyen.consensus.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Bytes in the middle of a file, whose place was found before.
final class RandomAccess {
    private RandomAccess() {}

    /// So many bytes from an offset.
    ///
    /// @throws JournalException if the file ends before
    static byte[] read(Path file, long offset, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < offset + length) {
                throw new JournalException(file, offset, "was cut short");
            }
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw new JournalException(file, offset, "was cut short");
                }
            }
            return bytes.array();
        }
    }

    /// As many bytes from each of some offsets.
    ///
    /// @param into has room for all of them
    /// @throws JournalException if the file ends before
    static void readAll(Path file, List<Long> offsets, int length, ByteBuffer into)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long offset : offsets) {
                ByteBuffer part = into.slice(into.position(), length);
                while (part.hasRemaining()) {
                    if (channel.read(part, offset + part.position()) < 0) {
                        throw new JournalException(file, offset, "was cut short");
                    }
                }
                into.position(into.position() + length);
            }
        }
    }
}
