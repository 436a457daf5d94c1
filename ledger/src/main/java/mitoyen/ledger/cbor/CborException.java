package mitoyen.ledger.cbor;

/// Bytes that are not the one encoding of what was expected there. It has no stack trace: what a
/// stranger sends must not cost more than what is well formed.
public final class CborException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /// What is wrong, and where.
    ///
    /// @param offset of the item that is wrong [bytes from the start]
    public CborException(int offset, String reason) {
        super("at byte " + offset + ": " + reason, null, true, false);
        this.offset = offset;
    }

    /// Where the item begins that is wrong [bytes from the start].
    public int offset() {
        return offset;
    }
}
