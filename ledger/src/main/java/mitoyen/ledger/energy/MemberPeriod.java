package mitoyen.ledger.energy;

import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;

/// One member's billing period: his energy, what he pays and earns, and what sharing brought him.
///
/// Money is in whole cents and at least 0, except where a method says otherwise.
///
/// @param period the billing period, such as `2025-10`
/// @param member his id
/// @param consumption what his meters consumed
/// @param allocated what of it came from the community, his own energy included
/// @param production what his meters produced
/// @param sold what of it went to the community, to himself included
/// @param paidNet what he owes for energy, tax excluded
/// @param paid what he owes for energy, tax included
/// @param earnedNet what he is owed for energy, tax excluded
/// @param earned what he is owed for energy, tax included
/// @param fees the community's and the network's fees
/// @param supplierValue what his supplier would have charged for what he was allocated
/// @param feedInValue what would have been fetched elsewhere for what he sold
public record MemberPeriod(
        String period,
        String member,
        Energy consumption,
        Energy allocated,
        Energy production,
        Energy sold,
        Money paidNet,
        Money paid,
        Money earnedNet,
        Money earned,
        Money fees,
        Money supplierValue,
        Money feedInValue) {
    /// What he saved as a consumer; below 0 where local energy was dearer than the supplier's
    /// (EN-45).
    public Money saved() {
        return supplierValue.minus(paidNet).minus(fees);
    }

    /// What he gained as a producer; below 0 where he gave his energy away (EN-46).
    public Money gained() {
        return earnedNet.minus(feedInValue);
    }

    /// What he is owed; below 0 where he owes (EN-44).
    public Money balance() {
        return earned.minus(paid).minus(fees);
    }
}
