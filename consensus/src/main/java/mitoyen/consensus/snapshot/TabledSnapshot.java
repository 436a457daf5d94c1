package mitoyen.consensus.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import mitoyen.consensus.SnapshotContent;

/// A snapshot as it is written now (`JO-25`): the state in one piece, then a table of its chunks.
final class TabledSnapshot implements SnapshotFile, SnapshotContent {
    private final Path file;
    private final SnapshotBytes bytes;
    private final SnapshotHeader header;
    private final long length;
    private final SnapshotTable table;

    /// The chunk that was compared last while the state was copied; -1 before the first.
    private int copied = -1;

    private TabledSnapshot(Path file, SnapshotBytes bytes, SnapshotHeader header, long length) {
        this.file = file;
        this.bytes = bytes;
        this.header = header;
        this.length = length;
        this.table = SnapshotTable.of(length);
    }

    static TabledSnapshot of(Path file, SnapshotBytes bytes, SnapshotHeader header)
            throws SnapshotException {
        long room = bytes.length() - SnapshotHeader.BYTES - SnapshotTable.END_BYTES;
        if (room < 0) {
            throw new SnapshotException(file, "is cut short");
        }
        long length = bytes.readLong(bytes.length() - SnapshotTable.END_BYTES);
        if (length < 0 || length > room || SnapshotTable.of(length).fileBytes() != bytes.length()) {
            throw new SnapshotException(file, "is cut short, or goes on after its end");
        }
        TabledSnapshot snapshot = new TabledSnapshot(file, bytes, header, length);
        snapshot.checkTable();
        return snapshot;
    }

    @Override
    public SnapshotHeader header() {
        return header;
    }

    @Override
    public SnapshotContent content() {
        return this;
    }

    /// On every processor: a restart waits for it.
    @Override
    public void check() throws SnapshotException {
        OptionalInt damaged =
                IntStream.range(0, table.chunks())
                        .parallel()
                        .filter(chunk -> !isWhole(chunk))
                        .findFirst();
        if (damaged.isPresent()) {
            throw damaged(damaged.getAsInt());
        }
    }

    @Override
    public void checkHashes() throws SnapshotException {
        check();
        SnapshotRoot root = new SnapshotRoot(header);
        for (int chunk = 0; chunk < table.chunks(); chunk++) {
            var content = bytes.buffer(at(chunk), chunkBytes(chunk));
            if (!root.add(content).equals(bytes.readHash(table.row(chunk) + Integer.BYTES))) {
                throw new SnapshotException(file, "a chunk does not match its hash");
            }
        }
        if (!root.finish().equals(bytes.readHash(table.end() + Long.BYTES))) {
            throw new SnapshotException(file, "does not match its root");
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public byte[] read(long at, int count) {
        if (at < 0 || count < 0 || at > length - count) {
            throw new IndexOutOfBoundsException(
                    "%d bytes from %d of %d".formatted(count, at, length));
        }
        return bytes.read(SnapshotHeader.BYTES + at, count);
    }

    @Override
    public void copyTo(long from, long to, OutputStream out) throws IOException {
        long at = from;
        while (at < to) {
            int chunk = (int) (at / SnapshotTable.CHUNK_BYTES);
            // Whoever copies the state goes through it from its beginning.
            if (chunk != copied && !isWhole(chunk)) {
                throw damaged(chunk);
            }
            copied = chunk;
            long end = Math.min(to, (chunk + 1L) * SnapshotTable.CHUNK_BYTES);
            out.write(read(at, (int) (end - at)));
            at = end;
        }
    }

    private void checkTable() throws SnapshotException {
        long rows = table.fileBytes() - Integer.BYTES - table.at();
        if (rows > Integer.MAX_VALUE
                || bytes.checksum(table.at(), rows)
                        != bytes.readInt(table.fileBytes() - Integer.BYTES)) {
            throw new SnapshotException(file, "its table does not match its checksum");
        }
    }

    private boolean isWhole(int chunk) {
        return bytes.checksum(at(chunk), chunkBytes(chunk)) == bytes.readInt(table.row(chunk));
    }

    private SnapshotException damaged(int chunk) {
        return new SnapshotException(
                file, "the chunk from byte %d on does not match its checksum".formatted(at(chunk)));
    }

    private static long at(int chunk) {
        return SnapshotHeader.BYTES + (long) chunk * SnapshotTable.CHUNK_BYTES;
    }

    private int chunkBytes(int chunk) {
        long before = (long) chunk * SnapshotTable.CHUNK_BYTES;
        return (int) Math.min(SnapshotTable.CHUNK_BYTES, length - before);
    }
}
