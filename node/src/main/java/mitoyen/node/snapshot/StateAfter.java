package mitoyen.node.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.HeightName;
import mitoyen.consensus.snapshot.WholeSnapshot;
import mitoyen.ledger.machine.State;

/// The state after a block in a file of its own: a snapshot of any name, at any place.
///
/// @param genesisHash of the ledger that it is of
/// @param block the header of the block; whether it is in a ledger, only that ledger tells
/// @param state what the header says; it may be read from the file as it is used
public record StateAfter(Hash genesisHash, BlockHeader block, State state) {
    /// Where a node keeps the state that it halted with because validators signed another (CE-18):
    /// beside its snapshots, under a name that none of them has, so that nothing removes it.
    ///
    /// @param snapshots the folder of the snapshots
    public static Path ofDivergence(Path snapshots, long height) {
        return snapshots.resolve(HeightName.of("divergence-", height, ".state"));
    }

    /// Opens a file, every byte of which is read.
    ///
    /// @throws IOException if it is no such file, damaged, or not the state that its header says
    public static StateAfter open(Path file) throws IOException {
        WholeSnapshot snapshot = WholeSnapshot.open(file);
        BlockHeader block = snapshot.block();
        try {
            State state = StateFile.openLying(snapshot.content(), block.appHash()).state();
            return new StateAfter(snapshot.genesisHash(), block, state);
        } catch (IOException other) {
            throw new IOException(file + ": " + other.getMessage(), other);
        }
    }

    /// Writes the file, which comes into being as a whole.
    public void write(Disk disk, Path file) throws IOException {
        WholeSnapshot.write(disk, file, genesisHash, block, out -> StateFile.write(state, out));
    }
}
