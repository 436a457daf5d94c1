package mitoyen.ledger.proof;

import java.util.function.Function;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;

/// How the values of a map are written down and read back.
///
/// @param encoding the bytes of a value that go into its leaf
/// @param decoding what such bytes are under a key
/// @param <V> what the entries hold
public record StoredForm<V>(Function<V, byte[]> encoding, Decoding<V> decoding) {
    /// Reads values.
    @FunctionalInterface
    public interface Decoding<V> {
        /// The value under a key.
        ///
        /// @throws CborException if the bytes are none, or that of another key
        V read(ByteString key, byte[] value) throws CborException;
    }
}
