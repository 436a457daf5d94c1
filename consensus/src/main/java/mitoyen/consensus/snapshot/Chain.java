package mitoyen.consensus.snapshot;

import java.io.IOException;
import java.util.Optional;
import mitoyen.consensus.BlockHeader;

/// The blocks that a snapshot is held against.
public interface Chain {
    /// The height of the first block that is kept with its bundles.
    long firstHeight();

    /// The header of the block of a height, if there is one.
    Optional<BlockHeader> findHeader(long height) throws IOException;
}
