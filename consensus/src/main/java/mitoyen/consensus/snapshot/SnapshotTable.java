package mitoyen.consensus.snapshot;

import mitoyen.consensus.Hash;

/// What a snapshot ends with (`JO-25`): for each chunk of the state its CRC-32C and its SHA-256;
/// then the length of the state, the root over the hashes, and the CRC-32C of all of this.
///
/// @param chunks how many there are
/// @param at where it begins in the file
record SnapshotTable(int chunks, long at) {
    /// The length of every chunk but the last [bytes]: below the 16 MB that an engine of several
    /// nodes lets a chunk have.
    static final int CHUNK_BYTES = 1 << 20;

    /// What a chunk has in the table [bytes].
    static final int ROW_BYTES = Integer.BYTES + Hash.LENGTH;

    /// What is behind the rows [bytes].
    static final int END_BYTES = Long.BYTES + Hash.LENGTH + Integer.BYTES;

    /// The table of a state of so many bytes.
    static SnapshotTable of(long contentBytes) {
        long chunks = Math.ceilDiv(contentBytes, CHUNK_BYTES);
        return new SnapshotTable(Math.toIntExact(chunks), SnapshotHeader.BYTES + contentBytes);
    }

    /// Where the checksum of a chunk lies in the file; its hash is behind it.
    long row(int chunk) {
        return at + (long) ROW_BYTES * chunk;
    }

    /// Where the length of the state lies, behind the last row.
    long end() {
        return row(chunks);
    }

    /// Where the file ends.
    long fileBytes() {
        return end() + END_BYTES;
    }
}
