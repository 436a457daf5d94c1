package mitoyen.node.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import mitoyen.ledger.proof.StoredBytes;
import mitoyen.ledger.proof.StoredSink;

/// Where the ledger writes a snapshot's content. What fails is an [UncheckedIOException].
final class ContentSink implements StoredSink {
    private static final int PIECE_BYTES = 1 << 16;

    private final OutputStream out;

    ContentSink(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void copy(StoredBytes source, long from, long to) {
        try {
            if (source instanceof ContentBytes content) {
                content.copyTo(from, to, out);
            } else {
                for (long at = from; at < to; at += PIECE_BYTES) {
                    out.write(source.read(at, (int) Math.min(PIECE_BYTES, to - at)));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
