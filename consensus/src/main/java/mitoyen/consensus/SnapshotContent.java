package mitoyen.consensus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The state in a snapshot: bytes at hand at any place, as long as somebody holds on to this. Every
/// one of them was compared with its checksum before an application gets it; that a disk may change
/// one later, an application with hashes of its own will see.
///
/// Any number of threads may read.
public interface SnapshotContent {
    /// What to call it in a message: its file.
    String name();

    /// How many bytes there are.
    long length();

    /// Copies some of them.
    ///
    /// @param at the first, at least 0
    /// @param length how many, all of them below [#length]
    byte[] read(long at, int length);

    /// Writes some of them, each compared with its checksum once more. On one thread.
    ///
    /// @param from the first
    /// @param to behind the last
    /// @throws IOException if they are no longer what they were, or cannot be written
    void copyTo(long from, long to, OutputStream out) throws IOException;

    /// All of them from the first on.
    default InputStream stream() {
        return new SnapshotStream(this);
    }
}
