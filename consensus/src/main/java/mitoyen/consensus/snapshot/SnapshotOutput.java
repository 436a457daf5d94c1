package mitoyen.consensus.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import mitoyen.consensus.Hash;

/// A snapshot on its way into a file (`JO-25`): takes the state, one chunk of it in memory, and
/// writes the checksum and the hash of each chunk behind all of them.
final class SnapshotOutput extends OutputStream {
    /// The memory for the first chunk at its beginning, which grows with what it holds [bytes].
    private static final int FIRST_BYTES = 1 << 13;

    private final OutputStream out;
    private final SnapshotRoot root;
    private final ByteArrayOutputStream table = new ByteArrayOutputStream();
    private byte[] chunk = new byte[FIRST_BYTES];
    private long length;
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
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int from = offset;
        while (from < offset + count) {
            if (filled == SnapshotTable.CHUNK_BYTES) {
                endChunk();
            } else if (filled == chunk.length) {
                chunk = Arrays.copyOf(chunk, 2 * chunk.length);
            }
            int part = Math.min(offset + count - from, chunk.length - filled);
            System.arraycopy(bytes, from, chunk, filled, part);
            filled += part;
            from += part;
        }
    }

    /// Writes what is left and the table. Closing does nothing.
    void finish() throws IOException {
        if (filled > 0) {
            endChunk();
        }
        table.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
        table.writeBytes(root.finish().toBytes());
        byte[] end = table.toByteArray();
        out.write(end);
        out.write(checksum(ByteBuffer.wrap(end)));
    }

    private void endChunk() throws IOException {
        ByteBuffer content = ByteBuffer.wrap(chunk, 0, filled);
        table.writeBytes(checksum(content.duplicate()));
        Hash hash = root.add(content);
        table.writeBytes(hash.toBytes());
        out.write(chunk, 0, filled);
        length += filled;
        filled = 0;
    }

    private static byte[] checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
    }
}
