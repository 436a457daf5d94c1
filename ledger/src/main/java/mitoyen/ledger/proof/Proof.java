package mitoyen.ledger.proof;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;

/// What can be proved to somebody who keeps nothing of a ledger but a root over its blocks.
/// [ProofCodec] gives its bytes, [ProofVerifier] says what they prove.
public sealed interface Proof {
    /// That the state of some block holds an entry under a key, or that it holds none (LE-165).
    ///
    /// @param part which part of the state, at most 64 bytes of UTF-8
    /// @param key of the entry in that part, at most 256 bytes
    /// @param entry of the key in the part; empty where the state has no such part
    /// @param state of the part in the state
    /// @param block the block after which the state was so
    record Entry(
            String part, ByteString key, Optional<MapProof> entry, MapProof state, BlockProof block)
            implements Proof {}

    /// That a block answered something with a receipt (LE-167).
    ///
    /// @param receipt the encoding of the receipt, at most 16,384 bytes
    /// @param path from the receipt's leaf to the root over the block's receipts
    record Receipt(ByteString receipt, SidedPath path, BlockProof block) implements Proof {}

    /// That the ledger only grew from one height to another (LE-160).
    ///
    /// @param hashes those of a [ConsistencyProof]
    record Growth(List<Digest> hashes) implements Proof {
        public Growth {
            hashes = List.copyOf(hashes);
        }
    }
}
