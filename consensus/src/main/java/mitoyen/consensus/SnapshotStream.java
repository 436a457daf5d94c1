package mitoyen.consensus;

import java.io.InputStream;
import java.util.Objects;

/// A snapshot's content from its first byte to its last.
final class SnapshotStream extends InputStream {
    private static final int PIECE_BYTES = 1 << 16;

    private final SnapshotContent content;
    private byte[] piece = new byte[0];
    private int taken;
    private long read;

    SnapshotStream(SnapshotContent content) {
        this.content = content;
    }

    @Override
    public int read() {
        return fill() ? piece[taken++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(length, piece.length - taken);
        System.arraycopy(piece, taken, bytes, offset, part);
        taken += part;
        return part;
    }

    /// Whether a byte is there to take, of this piece or the next.
    private boolean fill() {
        if (taken == piece.length) {
            piece = content.read(read, (int) Math.min(PIECE_BYTES, content.length() - read));
            read += piece.length;
            taken = 0;
        }
        return taken < piece.length;
    }
}
