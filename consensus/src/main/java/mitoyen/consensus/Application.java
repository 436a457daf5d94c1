package mitoyen.consensus;

import java.util.List;

/// What an engine drives: a deterministic state machine behind byte strings, shaped like ABCI 2.0.
///
/// The engine calls [#finalizeBlock] with what it ordered, then [#commit]; between the two nothing
/// is visible and nothing is kept. Of blocks that are made durable together, all but the last are
/// committed before: should the disk then fail, the engine closes and the application is dropped.
public interface Application {
    /// The hash of the state after the last commit.
    Hash appHash();

    /// Executes a block in a draft and says what came of it.
    ///
    /// @param height the block's height, the last one plus 1; the first is 1
    /// @param timeMillis the block's time [ms since 1970], above the last block's
    /// @param bundles what was ordered, opaque to the engine
    BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles);

    /// Adopts the draft of the last [#finalizeBlock].
    void commit();

    /// What came of a block.
    ///
    /// @param appHash the hash of the state after it
    /// @param resultsHash the root over the receipts of its transactions
    record BlockResult(Hash appHash, Hash resultsHash) {}
}
