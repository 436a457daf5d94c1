package mitoyen.ledger.wire;

/// A block that no engine of this ledger made (LE-172): damaged, or of another ledger. No answer is
/// given to it, since none would be the same elsewhere; the node halts.
public final class ForeignBlockException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long height;

    /// @param height the block's
    /// @param reason what is wrong with it
    ForeignBlockException(long height, String reason) {
        super("block " + height + " is none of this ledger: " + reason);
        this.height = height;
    }

    /// The height of the block.
    public long height() {
        return height;
    }
}
