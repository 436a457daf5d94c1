package mitoyen.ledger.energy;

import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;

/// A line of the bills: what one member bought from another in a billing period at one price
/// (EN-40).
///
/// @param period the billing period, such as `2025-10`
/// @param seller a member's id, or [Bills#COMMUNITY]
/// @param buyer a member's id, not the seller's
/// @param prices the price line of the days it sums
/// @param energy what was bought, above 0
/// @param price the seller's price, tax excluded
/// @param amount what it costs, tax excluded, in whole cents
/// @param vatRate the seller's rate of value added tax
/// @param vat the tax, in whole cents
public record Sale(
        String period,
        String seller,
        String buyer,
        PriceLine prices,
        Energy energy,
        Price price,
        Money amount,
        Share vatRate,
        Money vat) {
    /// What the buyer owes the seller, tax included.
    public Money total() {
        return amount.plus(vat);
    }
}
