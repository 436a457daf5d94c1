/// Shared energy: the sharing keys, who buys from whom, the bills, and the settlement of a local
/// day on the ledger. Specified in `docs/spec/energy.md`; a rule is cited by its number, such as
/// EN-12.
@NullMarked
package mitoyen.ledger.energy;

import org.jspecify.annotations.NullMarked;
