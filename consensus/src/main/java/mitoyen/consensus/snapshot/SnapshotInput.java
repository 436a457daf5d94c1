package mitoyen.consensus.snapshot;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import mitoyen.consensus.Hash;

/// The state in a snapshot, one chunk in memory: no byte is given before its chunk has been
/// compared with its hash, and the end only after the root was.
final class SnapshotInput extends InputStream {
    private final Path file;
    private final InputStream in;
    private final SnapshotHeader header;
    private final SnapshotRoot root;
    private byte[] chunk = new byte[0];
    private int taken;
    private boolean shorter;
    private boolean ended;

    private SnapshotInput(Path file, InputStream in, SnapshotHeader header) {
        this.file = file;
        this.in = in;
        this.header = header;
        this.root = new SnapshotRoot(header);
    }

    /// Opens a file and reads its header.
    ///
    /// @throws SnapshotException if it is not that of a snapshot
    static SnapshotInput open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            byte[] header = in.readNBytes(SnapshotHeader.BYTES);
            return new SnapshotInput(file, in, SnapshotHeader.decode(file, header));
        } catch (IOException damaged) {
            in.close();
            throw damaged;
        }
    }

    SnapshotHeader header() {
        return header;
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk[taken++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(length, chunk.length - taken);
        System.arraycopy(chunk, taken, bytes, offset, part);
        taken += part;
        return part;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// Whether a byte is there to take, of this chunk or the next.
    private boolean fill() throws IOException {
        if (taken == chunk.length && !ended) {
            next();
        }
        return !ended;
    }

    private void next() throws IOException {
        int length = ByteBuffer.wrap(take(Integer.BYTES)).getInt();
        if (length == 0) {
            end();
            return;
        }
        if (shorter || length < 0 || length > SnapshotOutput.CHUNK_BYTES) {
            throw new SnapshotException(file, "a chunk claims " + length + " bytes");
        }
        Hash expected = Hash.of(take(Hash.LENGTH));
        // Never more memory than the file has bytes, whatever it claims.
        chunk = take(length);
        taken = 0;
        shorter = length < SnapshotOutput.CHUNK_BYTES;
        if (!root.add(chunk, length).equals(expected)) {
            throw new SnapshotException(file, "a chunk does not match its hash");
        }
    }

    private void end() throws IOException {
        if (!Hash.of(take(Hash.LENGTH)).equals(root.finish())) {
            throw new SnapshotException(file, "does not match its root");
        }
        if (in.read() >= 0) {
            throw new SnapshotException(file, "goes on after its end");
        }
        ended = true;
    }

    private byte[] take(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new SnapshotException(file, "is cut short");
        }
        return bytes;
    }
}
