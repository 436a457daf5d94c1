package mitoyen.consensus;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Puts bundles into one order, drives the [Application] with them and keeps them.
///
/// An engine that has thrown anything but [IllegalArgumentException] is closed, and its application
/// is of no more use, since it may have gone further than what is kept: both are made anew.
public interface Engine extends AutoCloseable {
    /// Makes a block of each proposal, in order; durable when this returns.
    ///
    /// Of the blocks of a call that did not return, some first ones may be kept.
    ///
    /// @throws IllegalArgumentException if a time does not rise (`JO-3`) or a block exceeds a limit
    ///   (`JO-4`); nothing has happened then
    /// @throws IOException if a block cannot be kept; the engine is closed
    List<Block> submit(List<Proposal> proposals) throws IOException;

    /// The height of the last block; 0 before the first.
    long height();

    /// The last block; empty before the first.
    Optional<Block> findLastBlock();

    @Override
    void close() throws IOException;
}
