package mitoyen.node.settlement;

import java.io.IOException;
import java.util.Optional;
import mitoyen.consensus.Block;

/// The blocks of a ledger that a node has open and that grows meanwhile.
public interface LedgerBlocks {
    /// The height of the last durable block; 0 before the first.
    long height();

    /// A durable block; empty where it was pruned.
    ///
    /// @throws IOException if it cannot be read
    Optional<Block> findBlock(long height) throws IOException;
}
