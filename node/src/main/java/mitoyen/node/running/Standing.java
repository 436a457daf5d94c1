package mitoyen.node.running;

import java.util.Optional;
import mitoyen.consensus.BlockHeader;
import mitoyen.ledger.machine.State;

/// Where the ledger stands: its last block and the state after it, which belong together.
///
/// @param last the header of the last block; empty before the first
/// @param state after that block
public record Standing(Optional<BlockHeader> last, State state) {
    /// The height of the last block; 0 before the first.
    public long height() {
        return last.map(BlockHeader::height).orElse(0L);
    }
}
