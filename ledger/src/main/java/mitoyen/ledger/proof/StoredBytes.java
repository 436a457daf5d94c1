package mitoyen.ledger.proof;

/// Bytes that lie elsewhere, such as in a file, and are read where they are needed. They do not
/// change by themselves; that they are those that were written, their hashes say and nobody else.
public interface StoredBytes {
    /// What they are called in messages, such as the name of a file.
    String name();

    /// How many there are [bytes].
    long length();

    /// Copies some of them.
    ///
    /// @param at the first, at least 0
    /// @param length how many, all of them below [#length]
    byte[] read(long at, int length);
}
