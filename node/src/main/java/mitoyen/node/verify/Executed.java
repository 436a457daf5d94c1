package mitoyen.node.verify;

import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.ledger.machine.State;

/// What came of a block that was executed again.
///
/// @param state after it
/// @param stateHash the root of that
/// @param receiptsHash the root over its receipts
record Executed(State state, Hash stateHash, Hash receiptsHash) {
    /// Whether a header says the same.
    boolean gives(BlockHeader header) {
        return stateHash.equals(header.appHash()) && receiptsHash.equals(header.resultsHash());
    }
}
