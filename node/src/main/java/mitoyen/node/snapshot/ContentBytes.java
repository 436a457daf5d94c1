package mitoyen.node.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import mitoyen.consensus.SnapshotContent;
import mitoyen.ledger.proof.StoredBytes;

/// A snapshot's content as the ledger reads it.
final class ContentBytes implements StoredBytes {
    private final SnapshotContent content;

    ContentBytes(SnapshotContent content) {
        this.content = content;
    }

    @Override
    public String name() {
        return content.name();
    }

    @Override
    public long length() {
        return content.length();
    }

    @Override
    public byte[] read(long at, int length) {
        return content.read(at, length);
    }

    /// Writes some of them, compared with their checksums once more.
    void copyTo(long from, long to, OutputStream out) throws IOException {
        content.copyTo(from, to, out);
    }
}
