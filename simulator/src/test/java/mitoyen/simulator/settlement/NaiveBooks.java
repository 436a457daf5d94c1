package mitoyen.simulator.settlement;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitoyen.simulator.settlement.RandomStreet.Home;
import mitoyen.simulator.settlement.RandomStreet.Lease;
import mitoyen.simulator.settlement.RandomStreet.Prices;

/// The arithmetic of issue 3, section 3, once more: slowly, in decimals of kWh, straight from its
/// text and from the rows of the file. Nothing of the program is used here.
final class NaiveBooks {
    private static final BigDecimal UNIT = new BigDecimal("0.000001");

    private final RandomStreet street;
    private final Map<String, String[]> rows = new LinkedHashMap<>();
    private final List<Measured> measured = new ArrayList<>();
    private final Map<String, Measured> measuredByRow = new HashMap<>();
    private final SequencedMap<Line, BigDecimal> sales = new LinkedHashMap<>();
    private final SequencedMap<Use, BigDecimal> allocatedByLine = new LinkedHashMap<>();
    private final SequencedMap<Use, BigDecimal> soldByLine = new LinkedHashMap<>();
    private final int outside;

    /// One meter in one interval.
    static final class Measured {
        final OffsetDateTime start;
        final int home;
        final String meter;
        final BigDecimal consumption;
        final BigDecimal production;
        BigDecimal allocated = ZERO;
        BigDecimal sold = ZERO;

        Measured(
                OffsetDateTime start,
                int home,
                String meter,
                BigDecimal consumption,
                BigDecimal production) {
            this.start = start;
            this.home = home;
            this.meter = meter;
            this.consumption = consumption;
            this.production = production;
        }
    }

    private record Line(String period, int seller, int buyer, Prices prices) {}

    private record Use(String period, int home, Prices prices) {}

    NaiveBooks(RandomStreet street) {
        this.street = street;
        for (String row : street.rows()) {
            String[] cells = row.split(",", -1);
            rows.put(cells[0] + "," + cells[1], cells);
        }
        for (var start : street.starts()) {
            settle(start.toOffsetDateTime(), start.toLocalDate());
        }
        measured.forEach(each -> measuredByRow.put(each.start + "," + each.meter, each));
        outside = rows.size() - measured.size();
    }

    /// What became of one meter in one interval; empty where nobody had it.
    Optional<Measured> find(String start, String meter) {
        return Optional.ofNullable(measuredByRow.get(start + "," + meter));
    }

    int outside() {
        return outside;
    }

    List<String> allocationsCsv() {
        return measured.stream()
                .sorted(
                        Comparator.comparing((Measured each) -> each.start.toInstant())
                                .thenComparing(each -> each.meter))
                .map(NaiveBooks::allocation)
                .toList();
    }

    List<String> salesCsv() {
        return salesInOrder()
                .map(line -> {
                    BigDecimal kwh = sales.getOrDefault(line, ZERO);
                    BigDecimal total = amount(line).add(vat(line));
                    return "%s,%s,%s,%s,%s,%s,%s,%s,%s"
                            .formatted(
                                    line.period,
                                    name(line.seller),
                                    name(line.buyer),
                                    energy(kwh),
                                    energy(price(line)),
                                    amount(line),
                                    energy(rate(line)),
                                    vat(line),
                                    total);
                })
                .toList();
    }

    /// A member's figures by the names in `summary.json`.
    Map<String, String> member(int home) {
        BigDecimal consumption = sum(home, each -> each.consumption);
        BigDecimal allocated = sum(home, each -> each.allocated);
        BigDecimal paidNet = total(line -> line.buyer == home, this::amount);
        BigDecimal paid = paidNet.add(total(line -> line.buyer == home, this::vat));
        BigDecimal earnedNet = total(line -> line.seller == home, this::amount);
        BigDecimal earned = earnedNet.add(total(line -> line.seller == home, this::vat));
        BigDecimal fees = fees(home, Prices::communityFee).add(fees(home, Prices::networkFee));
        BigDecimal saved =
                worth(allocatedByLine, home, Prices::supplier).subtract(paidNet).subtract(fees);
        BigDecimal gained = earnedNet.subtract(worth(soldByLine, home, Prices::feedIn));
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("id", name(home));
        figures.put("consumptionKwh", energy(consumption));
        figures.put("allocatedKwh", energy(allocated));
        figures.put("productionKwh", energy(sum(home, each -> each.production)));
        figures.put("soldKwh", energy(sum(home, each -> each.sold)));
        figures.put("localShare", ratio(allocated, consumption));
        figures.put("paid", money(paid));
        figures.put("earned", money(earned));
        figures.put("fees", money(fees));
        figures.put("saved", money(saved));
        figures.put("gained", money(gained));
        figures.put("balance", money(earned.subtract(paid).subtract(fees)));
        return figures;
    }

    /// The accounts that are no member's.
    Map<String, String> accounts() {
        BigDecimal community =
                total(line -> line.seller == community(), line -> amount(line).add(vat(line)));
        BigDecimal operator = ZERO;
        for (int home = 0; home < street.homes().size(); home++) {
            community = community.add(fees(home, Prices::communityFee));
            operator = operator.add(fees(home, Prices::networkFee));
        }
        return Map.of("network-operator", money(operator), "community", money(community));
    }

    /// The energy of all.
    Map<String, String> energyKwh() {
        BigDecimal consumption = sumOfAll(each -> each.consumption);
        BigDecimal production = sumOfAll(each -> each.production);
        BigDecimal shared = sumOfAll(each -> each.allocated);
        BigDecimal sold = sumOfAll(each -> each.sold);
        return Map.of(
                "consumption", energy(consumption),
                "production", energy(production),
                "shared", energy(shared),
                "complement", energy(consumption.subtract(shared)),
                "surplus", energy(production.subtract(sold)),
                "rounding", energy(sold.subtract(shared)));
    }

    String selfConsumption() {
        return ratio(sumOfAll(each -> each.allocated), sumOfAll(each -> each.production));
    }

    String selfSufficiency() {
        return ratio(sumOfAll(each -> each.allocated), sumOfAll(each -> each.consumption));
    }

    // How an interval is shared.

    private void settle(OffsetDateTime start, LocalDate day) {
        List<Measured> meters = new ArrayList<>();
        for (int home = 0; home < street.homes().size(); home++) {
            for (Lease lease : street.homes().get(home).leases()) {
                if (lease.covers(day)) {
                    String[] cells = row(start, lease.meter());
                    meters.add(
                            new Measured(
                                    start,
                                    home,
                                    lease.meter(),
                                    decimal(cells[2]),
                                    decimal(cells[3])));
                }
            }
        }
        share(meters);
        trade(meters, day);
        measured.addAll(meters);
        Prices prices = pricesOn(day);
        for (Measured each : meters) {
            Use use = new Use(period(day), each.home, prices);
            allocatedByLine.merge(use, each.allocated, BigDecimal::add);
            soldByLine.merge(use, each.sold, BigDecimal::add);
        }
    }

    private void share(List<Measured> meters) {
        List<BigDecimal> consumption = meters.stream().map(each -> each.consumption).toList();
        List<BigDecimal> production = meters.stream().map(each -> each.production).toList();
        BigDecimal consumed = sum(consumption);
        BigDecimal produced = sum(production);
        switch (street.key()) {
            case "pro-rata" -> {
                BigDecimal shared = consumed.min(produced);
                set(
                        meters,
                        largestRemainder(shared, consumption),
                        largestRemainder(shared, production));
            }
            case "static" -> {
                List<BigDecimal> allocated = new ArrayList<>();
                for (Measured each : meters) {
                    BigDecimal k = street.coefficients().getOrDefault(each.meter, ZERO);
                    BigDecimal share = produced.multiply(k).setScale(6, RoundingMode.FLOOR);
                    allocated.add(each.consumption.min(share));
                }
                set(meters, allocated, largestRemainder(sum(allocated), production));
            }
            case "at-dso" -> shareAtDso(meters, consumed, produced);
            default -> {
                for (Measured each : meters) {
                    String[] cells = row(each.start, each.meter);
                    each.allocated = decimal(cells[4]);
                    each.sold = decimal(cells[5]);
                }
            }
        }
    }

    private static void shareAtDso(
            List<Measured> meters, BigDecimal consumed, BigDecimal produced) {
        if (consumed.signum() == 0 || produced.signum() == 0) {
            return;
        }
        for (Measured each : meters) {
            BigDecimal share =
                    produced.multiply(each.consumption).divide(consumed, 6, RoundingMode.HALF_UP);
            each.allocated = each.consumption.min(share);
        }
        BigDecimal rest =
                produced.subtract(sum(meters.stream().map(each -> each.allocated).toList()));
        for (Measured each : meters) {
            BigDecimal surplus =
                    rest.multiply(each.production).divide(produced, 6, RoundingMode.HALF_UP);
            each.sold = each.production.subtract(surplus.max(ZERO));
        }
    }

    private static void set(
            List<Measured> meters, List<BigDecimal> allocated, List<BigDecimal> sold) {
        for (int i = 0; i < meters.size(); i++) {
            meters.get(i).allocated = allocated.get(i);
            meters.get(i).sold = sold.get(i);
        }
    }

    /// Floor each, and one unit to each of the largest remainders, the earlier first.
    static List<BigDecimal> largestRemainder(BigDecimal total, List<BigDecimal> weights) {
        BigDecimal all = sum(weights);
        if (all.signum() == 0) {
            return weights.stream().map(_ -> ZERO).toList();
        }
        List<BigDecimal> parts = new ArrayList<>();
        List<BigDecimal> remainders = new ArrayList<>();
        for (BigDecimal weight : weights) {
            BigDecimal part = total.multiply(weight).divide(all, 6, RoundingMode.FLOOR);
            parts.add(part);
            remainders.add(total.multiply(weight).subtract(part.multiply(all)));
        }
        BigDecimal missing = total.subtract(sum(parts));
        List<Integer> order =
                IntStream.range(0, weights.size())
                        .boxed()
                        .sorted(Comparator.comparing((Integer i) -> remainders.get(i)).reversed())
                        .toList();
        for (int i : order) {
            if (missing.signum() > 0) {
                parts.set(i, parts.get(i).add(UNIT));
                missing = missing.subtract(UNIT);
            }
        }
        return parts;
    }

    // Who buys from whom.

    private void trade(List<Measured> meters, LocalDate day) {
        List<BigDecimal> open = byHome(meters, each -> each.allocated);
        List<BigDecimal> sold = byHome(meters, each -> each.sold);
        BigDecimal shared = sum(open);
        if (sum(sold).signum() == 0) {
            book(community(), open, day);
            return;
        }
        List<BigDecimal> supplied = largestRemainder(shared, sold);
        for (int seller = 0; seller < supplied.size(); seller++) {
            List<BigDecimal> dealt = largestRemainder(supplied.get(seller), open);
            book(seller, dealt, day);
            for (int buyer = 0; buyer < open.size(); buyer++) {
                open.set(buyer, open.get(buyer).subtract(dealt.get(buyer)));
            }
        }
    }

    private void book(int seller, List<BigDecimal> dealt, LocalDate day) {
        for (int buyer = 0; buyer < dealt.size(); buyer++) {
            if (buyer != seller && dealt.get(buyer).signum() > 0) {
                Line line = new Line(period(day), seller, buyer, pricesOn(day));
                sales.merge(line, dealt.get(buyer), BigDecimal::add);
            }
        }
    }

    private List<BigDecimal> byHome(List<Measured> meters, Function<Measured, BigDecimal> part) {
        List<BigDecimal> sums = new ArrayList<>();
        for (int home = 0; home < street.homes().size(); home++) {
            int owner = home;
            sums.add(sum(meters.stream().filter(each -> each.home == owner).map(part).toList()));
        }
        return sums;
    }

    // Bills.

    private Stream<Line> salesInOrder() {
        return sales.keySet().stream()
                .sorted(
                        Comparator.comparing(Line::period)
                                .thenComparingInt(Line::seller)
                                .thenComparingInt(Line::buyer)
                                .thenComparing(line -> line.prices.from()));
    }

    private BigDecimal amount(Line line) {
        return cents(sales.getOrDefault(line, ZERO).multiply(price(line)));
    }

    private BigDecimal vat(Line line) {
        return cents(amount(line).multiply(rate(line)));
    }

    private BigDecimal price(Line line) {
        return line.seller == community()
                ? line.prices.local()
                : home(line.seller).price().orElse(line.prices.local());
    }

    private BigDecimal rate(Line line) {
        return line.seller == community() ? ZERO : home(line.seller).vat().orElseThrow();
    }

    private BigDecimal total(Predicate<Line> which, Function<Line, BigDecimal> part) {
        return sum(sales.keySet().stream().filter(which).map(part).toList());
    }

    private BigDecimal fees(int buyer, Function<Prices, BigDecimal> fee) {
        Map<Use, BigDecimal> bought = new LinkedHashMap<>();
        sales.forEach((line, kwh) ->
                bought.merge(new Use(line.period, line.buyer, line.prices), kwh, BigDecimal::add));
        return worth(bought, buyer, fee);
    }

    /// Energy at a price, rounded to the cent by period and price line.
    private static BigDecimal worth(
            Map<Use, BigDecimal> energy, int home, Function<Prices, BigDecimal> price) {
        return sum(
                energy.entrySet().stream()
                        .filter(each -> each.getKey().home == home)
                        .map(each ->
                                cents(each.getValue().multiply(price.apply(each.getKey().prices))))
                        .toList());
    }

    // Small things.

    private String[] row(OffsetDateTime start, String meter) {
        String[] cells = rows.get(start + "," + meter);
        if (cells == null) {
            throw new IllegalStateException("no row of " + meter + " at " + start);
        }
        return cells;
    }

    private Prices pricesOn(LocalDate day) {
        return street.prices().stream()
                .filter(line -> !line.from().isAfter(day))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private String period(LocalDate day) {
        return street.byDay() ? day.toString() : day.toString().substring(0, 7);
    }

    private Home home(int index) {
        return street.homes().get(index);
    }

    private int community() {
        return street.homes().size();
    }

    private String name(int home) {
        return home == community() ? "community" : home(home).id();
    }

    private static String allocation(Measured each) {
        return Stream.of(
                        each.consumption,
                        each.allocated,
                        each.consumption.subtract(each.allocated),
                        each.production,
                        each.sold,
                        each.production.subtract(each.sold))
                .map(NaiveBooks::energy)
                .reduce(instant(each) + "," + each.meter, (row, cell) -> row + "," + cell);
    }

    private static Instant instant(Measured each) {
        return each.start.toInstant();
    }

    private BigDecimal sum(int home, Function<Measured, BigDecimal> part) {
        return sum(measured.stream().filter(each -> each.home == home).map(part).toList());
    }

    private BigDecimal sumOfAll(Function<Measured, BigDecimal> part) {
        return sum(measured.stream().map(part).toList());
    }

    private static BigDecimal sum(List<BigDecimal> values) {
        return values.stream().reduce(ZERO, BigDecimal::add);
    }

    private static BigDecimal decimal(String cell) {
        return cell.isEmpty() ? ZERO : new BigDecimal(cell);
    }

    private static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }

    private static String money(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.UNNECESSARY).toPlainString();
    }

    private static String energy(BigDecimal kwh) {
        return kwh.setScale(6, RoundingMode.UNNECESSARY).toPlainString();
    }

    private static String ratio(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0
                ? "0.000000"
                : part.divide(whole, 6, RoundingMode.HALF_UP).toPlainString();
    }
}
