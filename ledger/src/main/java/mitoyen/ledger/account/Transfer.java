package mitoyen.ledger.account;

import mitoyen.ledger.quantity.Amount;

/// A movement of value from one account to another (LE-23).
///
/// @param asset what moves
/// @param from the account that is debited
/// @param to the account that is credited, another one
/// @param amount above 0
public record Transfer(Asset asset, AccountId from, AccountId to, Amount amount) {
    public Transfer {
        if (from.equals(to)) {
            throw new IllegalArgumentException("a transfer from an account to itself");
        }
        if (amount.units() <= 0) {
            throw new IllegalArgumentException("a transfer of " + amount);
        }
    }
}
