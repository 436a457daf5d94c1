/// Accounts, who signs for them, assets, and transfers in one phase and in two. Specified in
/// `docs/spec/ledger.md`, LE-20 to LE-24, and in `docs/spec/accounts.md`.
@NullMarked
package mitoyen.ledger.account;

import org.jspecify.annotations.NullMarked;
