/// Signatures that every machine answers the same: Ed25519, P-256 and passkeys. See the section
/// "Signatures" of `docs/spec/ledger.md`.
@NullMarked
package mitoyen.ledger.signature;

import org.jspecify.annotations.NullMarked;
