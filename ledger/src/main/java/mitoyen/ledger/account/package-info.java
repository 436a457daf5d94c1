/// Accounts, assets and the transfers between them. Specified in `docs/spec/ledger.md`, LE-20 to
/// LE-29.
@NullMarked
package mitoyen.ledger.account;

import org.jspecify.annotations.NullMarked;
