package mitoyen.consensus.snapshot;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.SnapshotContent;

/// A snapshot every byte of which was compared with its hash, and its file's bytes: they depend on
/// ledger and height alone (`JO-25`), so that several nodes have the same. For any thread; the file
/// may be removed meanwhile, and not be cut.
public final class WholeSnapshot {
    private final SnapshotBytes bytes;
    private final SnapshotFile file;

    private WholeSnapshot(SnapshotBytes bytes, SnapshotFile file) {
        this.bytes = bytes;
        this.file = file;
    }

    static WholeSnapshot open(Path path, long ofHeight, Hash genesisHash, Arena arena)
            throws IOException {
        SnapshotBytes bytes = SnapshotBytes.of(path, arena);
        SnapshotFile file = SnapshotFile.open(path, bytes);
        SnapshotHeader header = file.header();
        if (header.version() != SnapshotHeader.CURRENT) {
            throw new SnapshotException(path, "is of the first format");
        }
        if (!header.genesisHash().equals(genesisHash) || header.block().height() != ofHeight) {
            throw new SnapshotException(path, "is of another ledger or height");
        }
        file.checkHashes();
        return new WholeSnapshot(bytes, file);
    }

    /// The header of the block whose state it holds, as the snapshot says it.
    public BlockHeader block() {
        return file.header().block();
    }

    /// The state in it.
    public SnapshotContent content() {
        return file.content();
    }

    /// How long the file is [bytes].
    public long length() {
        return bytes.length();
    }

    /// Copies some of the file's bytes.
    ///
    /// @param at the first, at least 0
    /// @param count how many, all of them below [#length]
    public byte[] read(long at, int count) {
        return bytes.read(at, count);
    }
}
