/// The state machine: what a ledger is at its genesis, what a transaction is, and how a block of
/// them changes the state. Specified in `docs/spec/ledger.md`, LE-50 to LE-62, and in
/// `docs/spec/accounts.md`.
@NullMarked
package mitoyen.ledger.machine;

import org.jspecify.annotations.NullMarked;
