/// The engine's blocks as a light client sees them: headers that validators signed, from which the
/// root over a shared ledger's blocks is proved to whoever trusts an earlier one. Specified in
/// `docs/spec/light.md`.
@NullMarked
package mitoyen.ledger.light;

import org.jspecify.annotations.NullMarked;
