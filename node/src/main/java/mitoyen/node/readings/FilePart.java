package mitoyen.node.readings;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A file, or whole lines of one behind its header, to be read as if they were a file of their own.
final class FilePart {
    /// The longest line at which a file is cut [bytes].
    private static final int LONGEST_LINE = 1 << 12;

    private static final long WHOLE = -1;

    private final Path file;
    private final byte[] header;
    private final long from;
    private final long to;

    private FilePart(Path file, byte[] header, long from, long to) {
        this.file = file;
        this.header = header;
        this.from = from;
        this.to = to;
    }

    /// The whole file.
    static FilePart whole(Path file) {
        return new FilePart(file, new byte[0], 0, WHOLE);
    }

    /// The file in parts of about the same length, none shorter than a limit; in one part where it
    /// is compressed or has no lines.
    ///
    /// @param smallest the least length of a part [bytes]
    static List<FilePart> split(Path file, int most, long smallest) throws IOException {
        long size = Files.size(file);
        int parts = (int) Math.min(most, size / Math.max(1, smallest));
        if (parts < 2) {
            return List.of(whole(file));
        }
        try (FileChannel channel = FileChannel.open(file)) {
            long headerEnd = endOfLine(channel, 0);
            if (headerEnd < 0 || isCompressed(channel)) {
                return List.of(whole(file));
            }
            byte[] header = read(channel, 0, (int) headerEnd);
            List<FilePart> all = new ArrayList<>();
            long from = 0;
            for (int part = 1; part < parts; part++) {
                long to = endOfLine(channel, Math.max(headerEnd, size / parts * part));
                if (to < 0) {
                    return List.of(whole(file));
                }
                all.add(new FilePart(file, from == 0 ? new byte[0] : header, from, to));
                from = to;
            }
            all.add(new FilePart(file, header, from, size));
            return all;
        }
    }

    Path file() {
        return file;
    }

    /// How long the part is [bytes].
    long size() throws IOException {
        return to == WHOLE ? Files.size(file) : to - from;
    }

    /// The header and the part behind it.
    InputStream open() throws IOException {
        if (to == WHOLE) {
            return Files.newInputStream(file);
        }
        FileChannel channel = FileChannel.open(file).position(from);
        return new SequenceInputStream(
                new ByteArrayInputStream(header),
                new Limited(Channels.newInputStream(channel), size()));
    }

    /// Where the line ends that a byte belongs to, behind its line feed; -1 where no line ends.
    private static long endOfLine(FileChannel channel, long from) throws IOException {
        byte[] bytes = read(channel, from, LONGEST_LINE);
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                return from + at + 1;
            }
        }
        return -1;
    }

    private static boolean isCompressed(FileChannel channel) throws IOException {
        byte[] magic = read(channel, 0, 2);
        return magic.length == 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B;
    }

    private static byte[] read(FileChannel channel, long from, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) > 0) {}
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    /// So many bytes of a stream.
    private static final class Limited extends FilterInputStream {
        private long left;

        Limited(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }
}
