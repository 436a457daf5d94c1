/// A strict reader and a writer of deterministic CBOR (RFC 8949, section 4.2.1), in which a value
/// has exactly one encoding. Specified in `docs/spec/ledger.md`, LE-1 to LE-9.
@NullMarked
package mitoyen.ledger.cbor;

import org.jspecify.annotations.NullMarked;
