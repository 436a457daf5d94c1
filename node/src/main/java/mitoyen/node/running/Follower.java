package mitoyen.node.running;

/// Whoever follows a ledger that is pruned, such as the tables behind it. Called from several
/// threads; never waits.
public interface Follower {
    /// The height up to which it has taken the blocks over, for good: also a machine that loses its
    /// power does not lose them.
    long durableHeight();

    /// Asks it to have blocks for good, soon after it has them at all.
    ///
    /// @param height up to this one
    void secure(long height);

    /// Tells it that blocks went.
    ///
    /// @param firstHeight the height of the first block that is left
    void pruned(long firstHeight);
}
