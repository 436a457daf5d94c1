package mitoyen.consensus.disk;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a file's new content goes: a short one by way of the machine's cache, and of a long one
/// what follows its first piece past it, where the file system can do that.
///
/// A year of a town's allocations is half a gigabyte that nobody reads for now. To find room for it
/// in the cache takes a processor longer than to make it, and drives out what others need.
final class ContentOutput extends OutputStream {
    /// How much is written at once past the cache [bytes]: many blocks of any file system.
    static final int PIECE_BYTES = 1 << 20;

    /// How much is written at once into the cache: what is copied on the way then stays near the
    /// processor.
    private static final int MOST_BYTES = 1 << 17;

    /// No file system asks for memory that lies better [bytes].
    private static final int ALIGNMENT = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private long written;
    private Optional<PastCache> pastCache = Optional.empty();

    /// @param channel of the file, which is empty; closed by whoever opened it
    ContentOutput(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
        while (left.hasRemaining()) {
            if (written == PIECE_BYTES) {
                pastCache = PastCache.find(file);
            }
            int most = Math.min(MOST_BYTES, PIECE_BYTES - (int) (written % PIECE_BYTES));
            int count = Math.min(left.remaining(), most);
            ByteBuffer next = left.slice(left.position(), count);
            if (pastCache.isPresent()) {
                gather(pastCache.get(), next);
            } else {
                writeAll(file, channel, next);
            }
            left.position(left.position() + count);
            written += count;
        }
    }

    /// What is gathered of a piece goes by way of the cache, and again past it once the piece is
    /// whole.
    @Override
    public void flush() throws IOException {
        if (pastCache.isPresent()) {
            ByteBuffer begun = pastCache.get().piece.duplicate().flip();
            channel.position(written - begun.remaining());
            writeAll(file, channel, begun);
        }
    }

    /// Gives back what writing past the cache takes. What is gathered is lost unless flushed.
    @Override
    public void close() throws IOException {
        if (pastCache.isPresent()) {
            pastCache.get().close();
            pastCache = Optional.empty();
        }
    }

    /// Writes to the end of a channel. A channel's failure, such as a full disk, says why and not
    /// where: here it is given the name of the file.
    static void writeAll(Path file, FileChannel channel, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException failure) {
            FileSystemException named =
                    new FileSystemException(file.toString(), null, failure.getMessage());
            named.initCause(failure);
            throw named;
        }
    }

    private void gather(PastCache past, ByteBuffer next) throws IOException {
        past.piece.put(next);
        if (!past.piece.hasRemaining()) {
            writePiece(past);
        }
    }

    /// Some file systems say only here that they cannot, and of a disk that is full the usual way
    /// tells as well.
    private void writePiece(PastCache past) throws IOException {
        long begin = written - written % PIECE_BYTES;
        past.piece.flip();
        try {
            past.channel.position(begin);
            while (past.piece.hasRemaining()) {
                past.channel.write(past.piece);
            }
            past.piece.clear();
        } catch (IOException _) {
            channel.position(begin);
            writeAll(file, channel, past.piece.rewind());
            close();
        }
    }

    /// A second way into the file, and the piece that is gathered for it.
    private record PastCache(FileChannel channel, ByteBuffer piece, Arena memory) {
        /// By name: the compiler calls it internal, though `jdk.unsupported` exports it.
        private static final String OPTIONS = "com.sun.nio.file.ExtendedOpenOption";

        private static final Optional<OpenOption> DIRECT = findDirect();

        /// Nothing where Java or the file system knows no such way.
        static Optional<PastCache> find(Path file) throws IOException {
            long block = Files.getFileStore(file).getBlockSize();
            if (block <= 0 || PIECE_BYTES % block != 0 || DIRECT.isEmpty()) {
                return Optional.empty();
            }
            try {
                FileChannel channel = FileChannel.open(file, WRITE, DIRECT.get());
                Arena memory = Arena.ofShared();
                ByteBuffer piece = memory.allocate(PIECE_BYTES, ALIGNMENT).asByteBuffer();
                return Optional.of(new PastCache(channel, piece, memory));
            } catch (IOException | UnsupportedOperationException _) {
                return Optional.empty();
            }
        }

        private static Optional<OpenOption> findDirect() {
            try {
                return Stream.of(Class.forName(OPTIONS).getEnumConstants())
                        .filter(option -> option.toString().equals("DIRECT"))
                        .map(OpenOption.class::cast)
                        .findFirst();
            } catch (ClassNotFoundException _) {
                return Optional.empty();
            }
        }

        void close() throws IOException {
            channel.close();
            memory.close();
        }
    }
}
