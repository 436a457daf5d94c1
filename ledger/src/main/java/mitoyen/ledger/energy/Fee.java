package mitoyen.ledger.energy;

import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;

/// What a member owes in fees on what he bought from others in a billing period under one price
/// line (EN-42).
///
/// @param period the billing period, such as `2025-10`
/// @param member the buyer's id
/// @param prices the price line of the days it sums
/// @param bought what he bought from others, above 0
/// @param communityFee owed to the community's account, in whole cents
/// @param networkFee owed to the network operator, in whole cents
public record Fee(
        String period,
        String member,
        PriceLine prices,
        Energy bought,
        Money communityFee,
        Money networkFee) {
    /// Both fees.
    public Money total() {
        return communityFee.plus(networkFee);
    }
}
