package mitoyen.ledger.energy;

import mitoyen.ledger.quantity.Money;

/// One member's billing period while its lines are added up.
final class MemberTally {
    private final String period;
    private final String member;
    private EnergyUse use = EnergyUse.NONE;
    private Money paidNet = Money.ZERO;
    private Money paid = Money.ZERO;
    private Money earnedNet = Money.ZERO;
    private Money earned = Money.ZERO;
    private Money fees = Money.ZERO;
    private Money supplierValue = Money.ZERO;
    private Money feedInValue = Money.ZERO;

    MemberTally(String period, String member) {
        this.period = period;
        this.member = member;
    }

    void addUse(PriceLine prices, EnergyUse more) {
        use = use.plus(more);
        supplierValue = supplierValue.plus(prices.supplier().costOf(more.allocated()));
        feedInValue = feedInValue.plus(prices.feedIn().costOf(more.sold()));
    }

    void addPurchase(Sale sale) {
        paidNet = paidNet.plus(sale.amount());
        paid = paid.plus(sale.total());
    }

    void addSale(Sale sale) {
        earnedNet = earnedNet.plus(sale.amount());
        earned = earned.plus(sale.total());
    }

    void addFee(Fee fee) {
        fees = fees.plus(fee.total());
    }

    MemberPeriod result() {
        return new MemberPeriod(
                period,
                member,
                use.consumption(),
                use.allocated(),
                use.production(),
                use.sold(),
                paidNet,
                paid,
                earnedNet,
                earned,
                fees,
                supplierValue,
                feedInValue);
    }
}
