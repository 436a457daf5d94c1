package mitoyen.consensus.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import mitoyen.consensus.SnapshotContent;

/// A snapshot's file that was opened: its header is sound, and its length is what it says.
interface SnapshotFile {
    /// Opens a file.
    ///
    /// @throws SnapshotException if it is no snapshot
    static SnapshotFile open(Path file) throws IOException {
        return open(file, SnapshotBytes.of(file));
    }

    /// The same of a file's bytes.
    static SnapshotFile open(Path file, SnapshotBytes bytes) throws SnapshotException {
        int length = (int) Math.min(bytes.length(), SnapshotHeader.BYTES);
        SnapshotHeader header = SnapshotHeader.decode(file, bytes.read(0, length));
        return header.version() == SnapshotHeader.CHUNKED
                ? ChunkedSnapshot.of(file, bytes, header)
                : TabledSnapshot.of(file, bytes, header);
    }

    /// Of which ledger and block it is.
    SnapshotHeader header();

    /// The state in it, to be had once it was [checked][#check()].
    SnapshotContent content();

    /// Compares each byte with its checksum.
    ///
    /// @throws SnapshotException naming what is wrong
    void check() throws SnapshotException;

    /// Compares each byte with its hash too, and the hashes with their root: so nobody made it up.
    ///
    /// @throws SnapshotException naming what is wrong
    void checkHashes() throws SnapshotException;
}
