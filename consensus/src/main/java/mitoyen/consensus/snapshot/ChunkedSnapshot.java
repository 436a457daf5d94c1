package mitoyen.consensus.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;
import mitoyen.consensus.Hash;
import mitoyen.consensus.SnapshotContent;

/// A snapshot of the first format (`JO-29`), in which each chunk of the state is behind its length
/// and its hash.
final class ChunkedSnapshot implements SnapshotFile, SnapshotContent {
    private static final int HEAD_BYTES = Integer.BYTES + Hash.LENGTH;
    private static final int END_BYTES = Integer.BYTES + Hash.LENGTH;

    private final Path file;
    private final SnapshotBytes bytes;
    private final SnapshotHeader header;
    private final long length;

    private ChunkedSnapshot(Path file, SnapshotBytes bytes, SnapshotHeader header, long length) {
        this.file = file;
        this.bytes = bytes;
        this.header = header;
        this.length = length;
    }

    static ChunkedSnapshot of(Path file, SnapshotBytes bytes, SnapshotHeader header)
            throws SnapshotException {
        long body = bytes.length() - SnapshotHeader.BYTES - END_BYTES;
        long last = body % (HEAD_BYTES + SnapshotTable.CHUNK_BYTES);
        if (body < 0 || (last != 0 && last <= HEAD_BYTES)) {
            throw new SnapshotException(file, "is cut short");
        }
        long chunks = Math.ceilDiv(body, HEAD_BYTES + SnapshotTable.CHUNK_BYTES);
        return new ChunkedSnapshot(file, bytes, header, body - chunks * HEAD_BYTES);
    }

    @Override
    public SnapshotHeader header() {
        return header;
    }

    @Override
    public SnapshotContent content() {
        return this;
    }

    /// The format has hashes and no checksums.
    @Override
    public void check() throws SnapshotException {
        checkHashes();
    }

    @Override
    public void checkHashes() throws SnapshotException {
        SnapshotRoot root = new SnapshotRoot(header);
        for (long at = 0; at < length; at += SnapshotTable.CHUNK_BYTES) {
            int claimed = bytes.readInt(place(at) - HEAD_BYTES);
            int chunk = (int) Math.min(SnapshotTable.CHUNK_BYTES, length - at);
            if (claimed != chunk) {
                throw new SnapshotException(file, "a chunk claims " + claimed + " bytes");
            }
            Hash expected = bytes.readHash(place(at) - Hash.LENGTH);
            if (!root.add(bytes.buffer(place(at), chunk)).equals(expected)) {
                throw new SnapshotException(file, "a chunk does not match its hash");
            }
        }
        long end = bytes.length() - END_BYTES;
        if (bytes.readInt(end) != 0) {
            throw new SnapshotException(file, "is cut short, or goes on after its end");
        }
        if (!bytes.readHash(end + Integer.BYTES).equals(root.finish())) {
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
        Objects.checkFromIndexSize(at, count, length);
        byte[] all = new byte[count];
        int read = 0;
        while (read < count) {
            int left = (int) (SnapshotTable.CHUNK_BYTES - (at + read) % SnapshotTable.CHUNK_BYTES);
            int part = Math.min(count - read, left);
            System.arraycopy(bytes.read(place(at + read), part), 0, all, read, part);
            read += part;
        }
        return all;
    }

    /// Nobody stores again what lies in this format: a state is read from it as a whole.
    @Override
    public void copyTo(long from, long to, OutputStream out) throws IOException {
        check();
        for (long at = from; at < to; at += SnapshotTable.CHUNK_BYTES) {
            out.write(read(at, (int) Math.min(SnapshotTable.CHUNK_BYTES, to - at)));
        }
    }

    /// Where a byte of the state lies in the file.
    private static long place(long at) {
        long chunk = at / SnapshotTable.CHUNK_BYTES;
        return SnapshotHeader.BYTES + (chunk + 1) * HEAD_BYTES + at;
    }
}
