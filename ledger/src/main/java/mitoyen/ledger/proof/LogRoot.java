package mitoyen.ledger.proof;

/// What somebody trusts who keeps nothing else of a ledger: the root over its blocks up to a height
/// (LE-168).
///
/// Both belong together, since how many leaves a tree has does not follow from its root.
///
/// @param size how many blocks, at least 0
public record LogRoot(long size, Digest root) {
    /// @throws IllegalArgumentException if the size is negative
    public LogRoot {
        if (size < 0) {
            throw new IllegalArgumentException("a log of " + size + " blocks");
        }
    }
}
