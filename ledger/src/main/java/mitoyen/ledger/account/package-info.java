/// Accounts, assets and the transfers between them. Specified in `docs/spec/ledger.md`, LE-20 to
/// LE-24.
@NullMarked
package mitoyen.ledger.account;

import org.jspecify.annotations.NullMarked;
