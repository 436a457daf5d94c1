/// Who orders a ledger that several nodes share: the validators, who changes them, and what becomes
/// of one that cheats. Specified in `docs/spec/governance.md`.
@NullMarked
package mitoyen.ledger.governance;

import org.jspecify.annotations.NullMarked;
