package mitoyen.node.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import mitoyen.ledger.energy.Bills;
import mitoyen.ledger.energy.Fee;
import mitoyen.ledger.energy.MemberPeriod;
import mitoyen.ledger.energy.Sale;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.quantity.Price;
import mitoyen.node.community.MemberDetails;

/// The statements of all members and billing periods, from the bills.
public final class Statements {
    private final Map<String, List<Sale>> salesByPeriod;
    private final Map<String, List<Fee>> feesByPeriod;
    private final Terms terms;
    private final SortedMap<String, MemberDetails> details;

    private Statements(Bills bills, Terms terms, SortedMap<String, MemberDetails> details) {
        this.salesByPeriod = bills.sales().stream().collect(Collectors.groupingBy(Sale::period));
        this.feesByPeriod = bills.fees().stream().collect(Collectors.groupingBy(Fee::period));
        this.terms = terms;
        this.details = details;
    }

    /// A statement for each member and period of the bills, by period and member.
    ///
    /// @param terms the latest: they name the community, its operator and its currency
    /// @param details names and notes by member id
    /// @param anchorOf where on the ledger a period's bills stand
    public static List<Statement> of(
            Bills bills,
            Terms terms,
            SortedMap<String, MemberDetails> details,
            Function<String, Statement.Anchor> anchorOf) {
        Statements statements = new Statements(bills, terms, details);
        return bills.members().stream()
                .map(period -> statements.of(period, anchorOf.apply(period.period())))
                .toList();
    }

    private Statement of(MemberPeriod period, Statement.Anchor anchor) {
        List<Statement.Line> purchases = new ArrayList<>();
        List<Statement.Line> sold = new ArrayList<>();
        for (Sale sale : salesByPeriod.getOrDefault(period.period(), List.of())) {
            if (sale.buyer().equals(period.member())) {
                purchases.add(line(sale, Sale::seller));
            }
            if (sale.seller().equals(period.member())) {
                sold.add(line(sale, Sale::buyer));
            }
        }
        Energy bought =
                purchases.stream().map(Statement.Line::energy).reduce(Energy.ZERO, Energy::plus);
        return new Statement(
                terms.community(),
                terms.networkOperator(),
                terms.currency(),
                party(period.member()),
                period.period(),
                new Statement.EnergyLines(
                        period.consumption(),
                        period.allocated(),
                        period.allocated().minus(bought),
                        period.production(),
                        period.sold()),
                purchases,
                sold,
                fees(period),
                period.saved(),
                period.gained(),
                anchor);
    }

    private Statement.Line line(Sale sale, Function<Sale, String> other) {
        return new Statement.Line(
                party(other.apply(sale)),
                sale.energy(),
                sale.price(),
                sale.amount(),
                sale.vatRate(),
                sale.vat());
    }

    private List<Statement.Fee> fees(MemberPeriod period) {
        List<Statement.Fee> fees = new ArrayList<>();
        for (Fee fee : feesByPeriod.getOrDefault(period.period(), List.of())) {
            if (fee.member().equals(period.member())) {
                Price community = fee.prices().communityFee();
                Price network = fee.prices().networkFee();
                add(
                        fees,
                        Statement.Fee.Kind.COMMUNITY,
                        fee.bought(),
                        community,
                        fee.communityFee());
                add(fees, Statement.Fee.Kind.NETWORK, fee.bought(), network, fee.networkFee());
            }
        }
        return fees;
    }

    private static void add(
            List<Statement.Fee> fees,
            Statement.Fee.Kind kind,
            Energy bought,
            Price price,
            Money amount) {
        if (!price.equals(Price.ZERO)) {
            fees.add(new Statement.Fee(kind, bought, price, amount));
        }
    }

    private Statement.Party party(String id) {
        Optional<MemberDetails> member = Optional.ofNullable(details.get(id));
        return new Statement.Party(
                id,
                member.map(MemberDetails::name).orElse(id),
                member.flatMap(MemberDetails::vatNote));
    }
}
