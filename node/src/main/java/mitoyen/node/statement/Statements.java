package mitoyen.node.statement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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

    private Statements(Bills bills) {
        this.salesByPeriod = bills.sales().stream().collect(Collectors.groupingBy(Sale::period));
        this.feesByPeriod = bills.fees().stream().collect(Collectors.groupingBy(Fee::period));
    }

    /// What statements of one billing period say besides its bills: as things were then, whatever
    /// changed since.
    ///
    /// @param terms they name the community, its operator and its currency
    /// @param details names and notes by member id
    /// @param anchor where on the ledger the bills stand
    public record Context(
            Terms terms, SortedMap<String, MemberDetails> details, Statement.Anchor anchor) {
        public Context {
            details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
        }
    }

    /// A statement for each member and period of the bills, by period and member.
    ///
    /// @param contextOf what else is said of a period
    public static List<Statement> of(Bills bills, Function<String, Context> contextOf) {
        Statements statements = new Statements(bills);
        SortedMap<String, Context> contexts = new TreeMap<>();
        return bills.members().stream()
                .map(period -> {
                    Context context = contexts.computeIfAbsent(period.period(), contextOf);
                    return statements.of(period, context);
                })
                .toList();
    }

    private Statement of(MemberPeriod period, Context context) {
        List<Statement.Line> purchases = new ArrayList<>();
        List<Statement.Line> sold = new ArrayList<>();
        for (Sale sale : salesByPeriod.getOrDefault(period.period(), List.of())) {
            if (sale.buyer().equals(period.member())) {
                purchases.add(line(sale, sale.seller(), context));
            }
            if (sale.seller().equals(period.member())) {
                sold.add(line(sale, sale.buyer(), context));
            }
        }
        Energy bought =
                purchases.stream().map(Statement.Line::energy).reduce(Energy.ZERO, Energy::plus);
        return new Statement(
                context.terms().community(),
                context.terms().networkOperator(),
                context.terms().currency(),
                party(period.member(), context),
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
                context.anchor());
    }

    private static Statement.Line line(Sale sale, String other, Context context) {
        return new Statement.Line(
                party(other, context),
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

    private static Statement.Party party(String id, Context context) {
        Optional<MemberDetails> member = Optional.ofNullable(context.details().get(id));
        return new Statement.Party(
                id,
                member.map(MemberDetails::name).orElse(id),
                member.flatMap(MemberDetails::vatNote));
    }
}
