package mitoyen.consensus.joining;

import java.io.IOException;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.SnapshotContent;

/// What a node that begins from others' snapshot asks about what it is given. One thread.
public interface JoinApplication {
    /// What names the ledger: lower-case hexadecimal.
    String ledger();

    /// The ledger's first bytes.
    byte[] genesis();

    /// A log of blocks, empty yet.
    Log newLog();

    /// The height of the engine's block, read from the first bundle of the ledger's.
    ///
    /// @throws IllegalArgumentException if that is no notice of an engine
    long engineHeight(byte[] notice);

    /// Reads all of a state that a stranger sent, every hash and every sum.
    ///
    /// @param stateHash what the hash of the state must be
    /// @throws IOException if it is no state, or has another hash
    /// @throws RuntimeException if something in it does not hold
    void check(SnapshotContent content, Hash stateHash) throws IOException;

    /// The headers of all blocks from the first on.
    interface Log {
        /// Adds the next one.
        void add(BlockHeader header);

        /// What the engine's validators sign of a ledger with these blocks (`CE-1`).
        byte[] anchor();
    }
}
