/// Hashes and what is proved with them: the append-only tree of RFC 9162, a sparse Merkle map, and
/// salted commitments. Specified in `docs/spec/ledger.md`, LE-10 to LE-18.
@NullMarked
package mitoyen.ledger.proof;

import org.jspecify.annotations.NullMarked;
