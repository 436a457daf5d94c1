package mitoyen.consensus.snapshot;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.SnapshotContent;
import mitoyen.consensus.disk.Disk;

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

    /// Writes a state into a file, which comes into being as a whole.
    ///
    /// @param block the header of the block whose state it is
    /// @param state writes it
    public static void write(
            Disk disk, Path path, Hash genesisHash, BlockHeader block, Disk.Content state)
            throws IOException {
        SnapshotHeader header = new SnapshotHeader(SnapshotHeader.CURRENT, genesisHash, block);
        disk.replace(
                path,
                out -> {
                    SnapshotOutput content = new SnapshotOutput(out, header);
                    state.writeTo(content);
                    content.finish();
                });
    }

    /// Opens a file, wherever it lies and whatever it is called.
    ///
    /// @throws SnapshotException if it is no snapshot in the form that is written now, or damaged
    public static WholeSnapshot open(Path path) throws IOException {
        return open(path, Arena.ofAuto());
    }

    private static WholeSnapshot open(Path path, Arena arena) throws IOException {
        SnapshotBytes bytes = SnapshotBytes.of(path, arena);
        SnapshotFile file = SnapshotFile.open(path, bytes);
        if (file.header().version() != SnapshotHeader.CURRENT) {
            throw new SnapshotException(path, "is of the first format");
        }
        file.checkHashes();
        return new WholeSnapshot(bytes, file);
    }

    static WholeSnapshot open(Path path, long ofHeight, Hash genesisHash, Arena arena)
            throws IOException {
        WholeSnapshot snapshot = open(path, arena);
        if (!snapshot.genesisHash().equals(genesisHash) || snapshot.block().height() != ofHeight) {
            throw new SnapshotException(path, "is of another ledger or height");
        }
        return snapshot;
    }

    /// The hash of the genesis of the ledger that it is of, as the snapshot says it.
    public Hash genesisHash() {
        return file.header().genesisHash();
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
