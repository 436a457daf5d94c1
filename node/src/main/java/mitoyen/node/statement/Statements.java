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
import java.util.stream.Stream;
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
    private final Map<Key, List<Sale>> purchases;
    private final Map<Key, List<Sale>> sales;
    private final Map<Key, List<Fee>> fees;
    private final Function<MemberPeriod, Optional<Statement.Earlier>> earlierOf;

    private Statements(Bills bills, Function<MemberPeriod, Optional<Statement.Earlier>> earlierOf) {
        List<Sale> lines = bills.sales();
        this.purchases = byKey(lines, sale -> new Key(sale.period(), sale.buyer()));
        this.sales = byKey(lines, sale -> new Key(sale.period(), sale.seller()));
        this.fees = byKey(bills.fees(), fee -> new Key(fee.period(), fee.member()));
        this.earlierOf = earlierOf;
    }

    private static <T> Map<Key, List<T>> byKey(List<T> lines, Function<T, Key> keyOf) {
        return lines.stream().collect(Collectors.groupingBy(keyOf));
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

    /// A statement for each member and period of the bills, by period and member; each is made as
    /// it is asked for.
    ///
    /// @param contextOf what else is said of a period
    /// @param earlierOf the statement that a member's bill of a period replaces
    public static Stream<Statement> of(
            Bills bills,
            Function<String, Context> contextOf,
            Function<MemberPeriod, Optional<Statement.Earlier>> earlierOf) {
        Statements statements = new Statements(bills, earlierOf);
        SortedMap<String, Context> contexts = new TreeMap<>();
        return bills.members().stream()
                .map(period -> {
                    Context context = contexts.computeIfAbsent(period.period(), contextOf);
                    return statements.of(period, context);
                });
    }

    private Statement of(MemberPeriod period, Context context) {
        Key key = new Key(period.period(), period.member());
        List<Statement.Line> bought =
                purchases.getOrDefault(key, List.of()).stream()
                        .map(sale -> line(sale, sale.seller(), context))
                        .toList();
        List<Statement.Line> sold =
                sales.getOrDefault(key, List.of()).stream()
                        .map(sale -> line(sale, sale.buyer(), context))
                        .toList();
        Energy boughtEnergy =
                bought.stream().map(Statement.Line::energy).reduce(Energy.ZERO, Energy::plus);
        return new Statement(
                context.terms().community(),
                context.terms().networkOperator(),
                context.terms().currency(),
                party(period.member(), context),
                period.period(),
                new Statement.EnergyLines(
                        period.consumption(),
                        period.allocated(),
                        period.allocated().minus(boughtEnergy),
                        period.production(),
                        period.sold()),
                bought,
                sold,
                fees(key),
                period.saved(),
                period.gained(),
                earlierOf.apply(period),
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

    private List<Statement.Fee> fees(Key key) {
        List<Statement.Fee> all = new ArrayList<>();
        for (Fee fee : fees.getOrDefault(key, List.of())) {
            Price community = fee.prices().communityFee();
            Price network = fee.prices().networkFee();
            add(all, Statement.Fee.Kind.COMMUNITY, fee.bought(), community, fee.communityFee());
            add(all, Statement.Fee.Kind.NETWORK, fee.bought(), network, fee.networkFee());
        }
        return all;
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
        if (id.equals(Bills.COMMUNITY)) {
            return new Statement.Party(id, context.terms().community(), Optional.empty());
        }
        Optional<MemberDetails> member = Optional.ofNullable(context.details().get(id));
        return new Statement.Party(
                id,
                member.map(MemberDetails::name).orElse(id),
                member.flatMap(MemberDetails::vatNote));
    }

    private record Key(String period, String member) {}
}
