package mitoyen.ledger.account;

import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.quantity.Money;

/// What one account holds of one asset: four totals that only grow, never a balance (LE-22).
///
/// @param id whose it is
/// @param asset of what
/// @param debitsPending reserved and not yet gone, at least 0
/// @param debitsPosted all that ever went, at least 0
/// @param creditsPending promised and not yet come, at least 0
/// @param creditsPosted all that ever came, at least 0
public record Account(
        AccountId id,
        Asset asset,
        Money debitsPending,
        Money debitsPosted,
        Money creditsPending,
        Money creditsPosted) {
    /// An account that nothing has moved on.
    static Account untouched(AccountId id, Asset asset) {
        return new Account(id, asset, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);
    }

    /// What is owed to the holder, or by him where it is negative.
    public Money balance() {
        return creditsPosted.minus(debitsPosted);
    }

    /// The account after an amount went.
    ///
    /// @throws ArithmeticException if the total exceeds a `long`
    Account debited(Money amount) {
        return new Account(
                id, asset, debitsPending, debitsPosted.plus(amount), creditsPending, creditsPosted);
    }

    /// The account after an amount came.
    ///
    /// @throws ArithmeticException if the total exceeds a `long`
    Account credited(Money amount) {
        return new Account(
                id, asset, debitsPending, debitsPosted, creditsPending, creditsPosted.plus(amount));
    }

    /// The bytes that stand for the account in the state's root (LE-56).
    byte[] toCbor() {
        return new CborWriter()
                .map(6)
                .key("id")
                .bytes(id.bytes())
                .key("asset")
                .text(asset.code())
                .key("debits-posted")
                .integer(debitsPosted.micros())
                .key("credits-posted")
                .integer(creditsPosted.micros())
                .key("debits-pending")
                .integer(debitsPending.micros())
                .key("credits-pending")
                .integer(creditsPending.micros())
                .toBytes();
    }
}
