package mitoyen.node.verify;

import java.util.Optional;
import mitoyen.consensus.BlockHeader;
import mitoyen.ledger.machine.State;

/// What a ledger says of a block, and what there is to show for it.
///
/// @param header of the block
/// @param executed what comes of the block here; empty where it cannot be executed
/// @param kept the state of the header as it was kept aside; empty where it was not
record Outcome(BlockHeader header, Optional<Executed> executed, Optional<State> kept) {
    /// The state of the header.
    Optional<State> findState() {
        return kept.or(() ->
                executed.filter(found -> found.stateHash().equals(header.appHash()))
                        .map(Executed::state));
    }
}
