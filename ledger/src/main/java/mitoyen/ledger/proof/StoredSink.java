package mitoyen.ledger.proof;

/// What takes the stored form of a map.
public interface StoredSink {
    /// Takes the next bytes; they are the sink's own.
    void write(byte[] bytes);

    /// Takes what lies elsewhere, from a first byte to before a last.
    void copy(StoredBytes source, long from, long to);
}
