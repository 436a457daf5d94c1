package mitoyen.consensus.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// A snapshot on its way into a file: cuts the state into chunks, one of them in memory.
final class SnapshotOutput extends OutputStream {
    /// The length of every chunk but the last [bytes]: below the 16 MB that an engine of several
    /// nodes lets a chunk have.
    static final int CHUNK_BYTES = 1 << 20;

    private final OutputStream out;
    private final SnapshotRoot root;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int filled;

    SnapshotOutput(OutputStream out, SnapshotHeader header) throws IOException {
        this.out = out;
        this.root = new SnapshotRoot(header);
        out.write(header.encode());
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        while (from < offset + length) {
            if (filled == CHUNK_BYTES) {
                endChunk();
            }
            int part = Math.min(offset + length - from, CHUNK_BYTES - filled);
            System.arraycopy(bytes, from, chunk, filled, part);
            filled += part;
            from += part;
        }
    }

    /// Writes what is left and the root. Closing does nothing.
    void finish() throws IOException {
        if (filled > 0) {
            endChunk();
        }
        out.write(new byte[Integer.BYTES]);
        out.write(root.finish().toBytes());
    }

    private void endChunk() throws IOException {
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(filled).array());
        out.write(root.add(chunk, filled).toBytes());
        out.write(chunk, 0, filled);
        filled = 0;
    }
}
