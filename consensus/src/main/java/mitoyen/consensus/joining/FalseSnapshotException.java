package mitoyen.consensus.joining;

/// A snapshot that no honest node offers: every chunk is as it was announced, and the whole does
/// not hold.
final class FalseSnapshotException extends Exception {
    private static final long serialVersionUID = 1;

    /// @param wrong what does not hold, in a sentence's predicate
    FalseSnapshotException(String wrong) {
        super(wrong);
    }

    /// @param wrong what does not hold, in a sentence's predicate
    FalseSnapshotException(String wrong, Exception cause) {
        super(wrong + ": " + cause.getMessage(), cause);
    }
}
