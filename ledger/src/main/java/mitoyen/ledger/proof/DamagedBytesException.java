package mitoyen.ledger.proof;

/// Stored bytes are not those that their hash says. Nothing can be decided without what they held:
/// whoever meets them halts.
public final class DamagedBytesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param from the first byte of what was to be read
    /// @param to behind the last
    /// @param wrong a sentence's predicate, such as "do not match their hash"
    DamagedBytesException(StoredBytes bytes, long from, long to, String wrong) {
        super("%s: the bytes from %d to %d %s".formatted(bytes.name(), from, to, wrong));
    }

    /// @param wrong what does not hold
    DamagedBytesException(String wrong) {
        super(wrong);
    }
}
