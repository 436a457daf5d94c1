/// Hashes and what is proved with them: the append-only tree of RFC 9162, a sparse Merkle map,
/// salted commitments, and proofs as bytes. Specified in `docs/spec/ledger.md`, LE-10 to LE-18, and
/// `docs/spec/proofs.md`.
@NullMarked
package mitoyen.ledger.proof;

import org.jspecify.annotations.NullMarked;
