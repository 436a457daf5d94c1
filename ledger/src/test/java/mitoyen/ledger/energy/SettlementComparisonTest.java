package mitoyen.ledger.energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// EN-10 to EN-48 on random streets: every number against a second implementation, and the sums
/// that must hold whatever the readings.
class SettlementComparisonTest {
    private static final int STREETS = 150;
    private static final LocalDate FIRST = LocalDate.of(2025, 1, 29);

    private static final int UNEQUAL = 0;
    private static final int EQUAL = 1;
    private static final int HUGE = 2;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20251025})
    void agreesWithASecondImplementation(long seed) {
        Random random = new Random(seed);
        for (int street = 0; street < STREETS; street++) {
            String where = "seed " + seed + " street " + street;
            List<Terms> generations = generations(random);
            Bills bills = new Bills();
            List<NaiveDay> days = new ArrayList<>();
            for (int offset : shuffledDays(random)) {
                LocalDate day = FIRST.plusDays(offset);
                Terms terms = generations.get(offset * generations.size() / 6);
                Roster roster = terms.rosterOn(day);
                DayReadings readings = readings(random, terms.key(), roster);
                NaiveDay naive = new NaiveDay(day, terms, roster, readings);
                settle(where, bills, naive, roster, readings);
                days.add(naive);
            }
            compare(where, bills, new NaiveBills(days));
            assertBalanced(where, bills);
        }
    }

    private static void settle(
            String where, Bills bills, NaiveDay naive, Roster roster, DayReadings readings) {
        Terms terms = naive.terms;
        DayAllocation allocation = Sharing.allocate(terms.key(), roster, readings);
        assertThat(allocation.allocated()).as(where).containsExactly(longs(naive.allocated));
        assertThat(allocation.sold()).as(where).containsExactly(longs(naive.sold));
        assertConserved(where, terms.key(), readings, allocation);
        DayTrades trades = Trading.trade(roster, allocation, readings.intervals());
        for (int seller = 0; seller <= terms.members().size(); seller++) {
            for (int buyer = 0; buyer < terms.members().size(); buyer++) {
                assertThat(trades.mWh(seller, buyer))
                        .as("%s: %d to %d", where, seller, buyer)
                        .isEqualTo(naive.trades[seller][buyer].longValueExact());
            }
        }
        bills.add(naive.day, terms, roster, readings, allocation, trades);
    }

    /// EN-20 to EN-27: nobody receives more than he consumed or sells more than he produced; what
    /// is sold is what is allocated, but for an operator's roundings, which are bounded.
    private static void assertConserved(
            String where, SharingKey key, DayReadings readings, DayAllocation allocation) {
        int meters = readings.meters();
        for (int interval = 0; interval < readings.intervals(); interval++) {
            long leak = 0;
            for (int i = interval * meters; i < (interval + 1) * meters; i++) {
                assertThat(allocation.allocated()[i])
                        .as(where)
                        .isBetween(0L, readings.consumption()[i]);
                assertThat(allocation.sold()[i]).as(where).isBetween(0L, readings.production()[i]);
                leak += allocation.sold()[i] - allocation.allocated()[i];
            }
            long bound =
                    switch (key) {
                        case SharingKey.FromOperator() -> Sharing.roundingBound(meters);
                        case SharingKey.ProRata(var rounding) ->
                                rounding == SharingKey.Rounding.AT_DSO
                                        ? Sharing.roundingBound(meters)
                                        : 0;
                        case SharingKey.Static(var coefficients) -> 0;
                    };
            assertThat(Math.abs(leak)).as(where).isLessThanOrEqualTo(bound);
        }
    }

    private static void compare(String where, Bills bills, NaiveBills naive) {
        assertThat(bills.sales().stream().map(SettlementComparisonTest::line))
                .as(where)
                .containsExactlyElementsOf(naive.sales);
        assertThat(bills.fees().stream().map(SettlementComparisonTest::line))
                .as(where)
                .containsExactlyElementsOf(naive.fees);
        assertThat(bills.members().stream().map(SettlementComparisonTest::line))
                .as(where)
                .containsExactlyElementsOf(naive.members);
        assertThat(bills.accounts().stream().map(SettlementComparisonTest::line))
                .as(where)
                .containsExactlyElementsOf(naive.accounts);
    }

    /// EN-44: in every period the balances of members and accounts add up to 0.
    private static void assertBalanced(String where, Bills bills) {
        for (PeriodAccounts accounts : bills.accounts()) {
            Money sum =
                    bills.members().stream()
                            .filter(member -> member.period().equals(accounts.period()))
                            .map(MemberPeriod::balance)
                            .reduce(Money.ZERO, Money::plus);
            assertThat(sum.plus(accounts.community()).plus(accounts.networkOperator()))
                    .as("%s, %s", where, accounts.period())
                    .isEqualTo(Money.ZERO);
        }
    }

    private static String line(Sale sale) {
        return String.join(
                " ",
                sale.period(),
                sale.seller(),
                sale.buyer(),
                sale.energy().toString(),
                sale.price().toString(),
                cents(sale.amount()),
                sale.vatRate().toString(),
                cents(sale.vat()));
    }

    private static String line(Fee fee) {
        return String.join(
                " ",
                fee.period(),
                fee.member(),
                fee.bought().toString(),
                cents(fee.communityFee()),
                cents(fee.networkFee()));
    }

    private static String line(MemberPeriod member) {
        return String.join(
                " ",
                member.period(),
                member.member(),
                member.consumption().toString(),
                member.allocated().toString(),
                member.production().toString(),
                member.sold().toString(),
                cents(member.paid()),
                cents(member.earned()),
                cents(member.fees()),
                cents(member.saved()),
                cents(member.gained()),
                cents(member.balance()));
    }

    private static String line(PeriodAccounts accounts) {
        return String.join(
                " ",
                accounts.period(),
                cents(accounts.community()),
                cents(accounts.networkOperator()));
    }

    private static String cents(Money money) {
        return Decimals.formatCents(money.micros());
    }

    /// One to three versions of a street's terms: later ones drop, add and reorder members, change
    /// their prices and rates, the price lines and the key; one street bills by one period.
    private static List<Terms> generations(Random random) {
        BillingPeriod billing = random.nextInt(3) == 0 ? BillingPeriod.DAY : BillingPeriod.MONTH;
        List<Terms> generations = new ArrayList<>();
        List<PriceLine> prices = prices(random);
        int count = 1 + random.nextInt(3);
        for (int generation = 0; generation < count; generation++) {
            if (random.nextInt(3) == 0) {
                prices = prices(random);
            }
            List<Member> members = members(random);
            SharingKey key = key(random, members);
            generations.add(
                    new Terms(
                            "street",
                            "Europe/Paris",
                            60,
                            "EUR",
                            billing,
                            Optional.of(true),
                            key,
                            prices,
                            "grid",
                            members));
        }
        return generations;
    }

    private static List<PriceLine> prices(Random random) {
        List<PriceLine> lines = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            lines.add(
                    new PriceLine(
                            FIRST.plusDays(2L * i - (i == 0 ? 30 : 0)),
                            price(random),
                            price(random),
                            price(random),
                            price(random),
                            price(random)));
        }
        return lines;
    }

    private static Price price(Random random) {
        return new Price(
                switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> 500_000;
                    default -> random.nextInt(300_000);
                });
    }

    private static List<Member> members(Random random) {
        List<String> ids = new ArrayList<>(List.of("ana", "bob", "cleo", "dan", "eva", "fay"));
        Collections.shuffle(ids, random);
        long[] rates = {0, 55_000, 100_000, 200_000, 500_000};
        return ids.subList(0, 1 + random.nextInt(ids.size())).stream()
                .map(id ->
                        new Member(
                                id,
                                random.nextBoolean()
                                        ? Optional.empty()
                                        : Optional.of(price(random)),
                                Optional.of(new Share(rates[random.nextInt(rates.length)])),
                                meters(random, id)))
                .toList();
    }

    private static List<Tenure> meters(Random random, String id) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i ->
                        new Tenure(
                                id + i,
                                random.nextInt(4) == 0
                                        ? Optional.of(FIRST.plusDays(random.nextInt(6)))
                                        : Optional.empty(),
                                random.nextInt(4) == 0
                                        ? Optional.of(FIRST.plusDays(random.nextInt(6)))
                                        : Optional.empty()))
                .toList();
    }

    private static SharingKey key(Random random, List<Member> members) {
        return switch (random.nextInt(4)) {
            case 0 -> new SharingKey.FromOperator();
            case 1 -> new SharingKey.ProRata(SharingKey.Rounding.AT_DSO);
            case 2 -> new SharingKey.ProRata(SharingKey.Rounding.CONSERVING);
            default -> new SharingKey.Static(coefficients(random, members));
        };
    }

    private static SortedMap<String, Share> coefficients(Random random, List<Member> members) {
        SortedMap<String, Share> coefficients = new TreeMap<>();
        long left = Decimals.ONE;
        for (Member member : members) {
            for (Tenure tenure : member.meters()) {
                if (random.nextInt(5) > 0) {
                    long share = random.nextLong(left / 2 + 1);
                    coefficients.put(tenure.meter(), new Share(share));
                    left -= share;
                }
            }
        }
        return coefficients;
    }

    private static List<Integer> shuffledDays(Random random) {
        List<Integer> days = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
        Collections.shuffle(days, random);
        return days.subList(0, 1 + random.nextInt(days.size()));
    }

    private static DayReadings readings(Random random, SharingKey key, Roster roster) {
        int intervals = 1 + random.nextInt(4);
        int size = intervals * roster.meterCount();
        int shape = random.nextInt(4);
        long[] consumption = values(random, shape, size);
        long[] production = values(random, shape, size);
        Optional<DayAllocation> split =
                key instanceof SharingKey.FromOperator
                        ? Optional.of(
                                leakySplit(random, roster, intervals, consumption, production))
                        : Optional.empty();
        return new DayReadings(intervals, roster.meterCount(), consumption, production, split);
    }

    private static long[] values(Random random, int shape, int size) {
        long scale = random.nextBoolean() ? 20 : 3_000_000;
        return LongStream.range(0, size)
                .map(i -> {
                    if (random.nextInt(3) == 0) {
                        return 0;
                    }
                    return switch (shape) {
                        case EQUAL -> scale;
                        case HUGE -> random.nextLong(1L << 38);
                        case UNEQUAL -> random.nextLong(scale);
                        default -> 1 + random.nextLong(scale);
                    };
                })
                .toArray();
    }

    /// An operator's split that rounds badly: the pro-rata one, here and there a unit less.
    private static DayAllocation leakySplit(
            Random random, Roster roster, int intervals, long[] consumption, long[] production) {
        DayReadings plain =
                new DayReadings(
                        intervals, roster.meterCount(), consumption, production, Optional.empty());
        DayAllocation exact =
                Sharing.allocate(new SharingKey.ProRata(SharingKey.Rounding.AT_DSO), roster, plain);
        long[] allocated = exact.allocated().clone();
        long[] sold = exact.sold().clone();
        for (int interval = 0; interval < intervals && roster.meterCount() > 0; interval++) {
            int i = interval * roster.meterCount() + random.nextInt(roster.meterCount());
            long[] side = random.nextBoolean() ? allocated : sold;
            side[i] -= side[i] > 0 ? 1 : 0;
        }
        DayReadings read =
                new DayReadings(
                        intervals,
                        roster.meterCount(),
                        consumption,
                        production,
                        Optional.of(new DayAllocation(allocated, sold)));
        assertThat(Sharing.findViolation(read)).isEmpty();
        return new DayAllocation(allocated, sold);
    }

    private static long[] longs(List<BigInteger> values) {
        return values.stream().mapToLong(BigInteger::longValueExact).toArray();
    }
}
