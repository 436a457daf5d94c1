/// The wire form: how transactions, bundles, terms and the leaves of a day are written as bytes,
/// who signs what, and how bytes become a verified transaction. Specified in `docs/spec/ledger.md`,
/// LE-70 to LE-74 and LE-80 to LE-87, and in `docs/spec/ledger.cddl`.
@NullMarked
package mitoyen.ledger.wire;

import org.jspecify.annotations.NullMarked;
