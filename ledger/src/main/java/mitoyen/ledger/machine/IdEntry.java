package mitoyen.ledger.machine;

import java.util.Optional;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.proof.Digest;

/// What is remembered under a transaction's id (LE-91).
///
/// @param contentHash the hash of what was signed
/// @param accepted whether it was accepted; if not, the id is burnt
public record IdEntry(Digest contentHash, boolean accepted) {
    private static final int DEPTH = 1;

    /// The bytes that stand for it in the state's root (LE-104).
    byte[] toCbor() {
        return new CborWriter()
                .map(2)
                .key("content")
                .bytes(contentHash.bytes())
                .key("accepted")
                .bool(accepted)
                .toBytes();
    }

    /// What [#toCbor] wrote.
    static IdEntry fromCbor(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        Digest content = new Digest(reader.key("content").fixedBytes(Digest.LENGTH));
        boolean accepted = reader.key("accepted").bool();
        reader.endMap();
        reader.end();
        return new IdEntry(content, accepted);
    }

    /// Whether an id that is remembered so is this content's.
    Optional<TransactionRejection> findObstacle(Digest content) {
        if (!contentHash.equals(content)) {
            return Optional.of(TransactionRejection.ID_TAKEN);
        }
        return accepted ? Optional.empty() : Optional.of(TransactionRejection.ID_BURNT);
    }
}
