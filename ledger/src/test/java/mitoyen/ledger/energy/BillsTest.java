package mitoyen.ledger.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// EN-40 to EN-48: the bills. Days are stated by their trades, `bob>ana 1.5` reading: bob sells ana
/// 1.5 kWh.
class BillsTest {
    private static final String LINE = "2025-01-01 0.14 0.18 0.04 0.01 0";

    private final Bills bills = new Bills();

    @ParameterizedTest(name = "{0} kWh at {1}, rate {2}: {3} and {4} ({5})")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1.000000  | 0.14     | 0.20  | 0.14 | 0.03 | EN-40, EN-41: 0.028 rounds to 0.03
                    0.035714  | 0.14     | 0     | 0.00 | 0.00 | 0.00499996
                    0.035715  | 0.14     | 0     | 0.01 | 0.00 | 0.0050001
                    0.050000  | 0.10     | 0     | 0.01 | 0.00 | exactly half a cent goes up
                    0.049999  | 0.10     | 0     | 0.00 | 0.00 | just below
                    1.000000  | 0.10     | 0.05  | 0.10 | 0.01 | a tax of exactly half a cent goes up
                    1.000000  | 0.10     | 0.049 | 0.10 | 0.00 | just below
                    10.000000 | 0.05     | 0.055 | 0.50 | 0.03 | 0.0275
                    3.000000  | 0        | 0.20  | 0.00 | 0.00 | a gift: a line at a price of 0
                    0.000001  | 0.14     | 0.20  | 0.00 | 0.00 | the least energy is a line too
                    9000000.000000 | 999.999999 | 1 | 8999999991.00 | 8999999991.00 | a product beyond a long
                    """)
    void roundsALineToTheCent(String kwh, String price, String rate, String amount, String vat) {
        add(
                "2025-10-01",
                street(LINE, "ana", "bob price " + price + " vat " + rate),
                "bob>ana " + kwh);
        Sale sale = bills.sales().getFirst();
        assertThat(cents(sale.amount())).isEqualTo(amount);
        assertThat(cents(sale.vat())).isEqualTo(vat);
        assertThat(sale.total()).isEqualTo(sale.amount().plus(sale.vat()));
    }

    @Test
    void sumsEnergyBeforeItRounds() {
        Terms street = street(LINE, "ana", "bob vat 0");
        add("2025-10-01", street, "bob>ana 0.03");
        add("2025-10-02", street, "bob>ana 0.03");
        assertSales("2025-10 bob>ana 0.060000 at 0.140000 = 0.01 + 0.00");
    }

    @Test
    void leavesOwnEnergyFreeAndWithoutALine() {
        add("2025-10-01", street(LINE, "ana vat 0", "bob"), "ana>ana 5, ana>bob 1");
        assertSales("2025-10 ana>bob 1.000000 at 0.140000 = 0.14 + 0.00");
        assertFees("2025-10 bob 1.000000: 0.01 + 0.00");
    }

    @Test
    void takesTheSellersOwnPriceAndRateBeforeTheLocalOne() {
        add(
                "2025-10-01",
                street(LINE, "ana", "bob price 0.1 vat 0.2", "eva vat 0.1"),
                "bob>ana 1, eva>ana 1");
        assertSales(
                "2025-10 bob>ana 1.000000 at 0.100000 = 0.10 + 0.02",
                "2025-10 eva>ana 1.000000 at 0.140000 = 0.14 + 0.01");
    }

    @Test
    void givesEachPriceLineALineOfItsOwn() {
        String later = "2025-10-15 0.15 0.20 0.05 0.02 0.003";
        Terms street = street(LINE + "; " + later, "ana", "bob vat 0");
        add("2025-10-14", street, "bob>ana 1");
        add("2025-10-15", street, "bob>ana 1");
        add("2025-10-16", street, "bob>ana 1");
        assertSales(
                "2025-10 bob>ana 1.000000 at 0.140000 = 0.14 + 0.00",
                "2025-10 bob>ana 2.000000 at 0.150000 = 0.30 + 0.00");
        assertFees("2025-10 ana 1.000000: 0.01 + 0.00", "2025-10 ana 2.000000: 0.04 + 0.01");
        assertAccounts("2025-10 community 0.05, network operator 0.01");
    }

    @Test
    void givesAChangedPriceOfAMemberALineOfItsOwnUnderOneLineOfFees() {
        add("2025-10-01", street(LINE, "ana", "bob vat 0"), "bob>ana 1");
        add("2025-10-02", street(LINE, "ana", "bob price 0.1 vat 0"), "bob>ana 1");
        add("2025-10-03", street(LINE, "ana", "bob price 0.1 vat 0.2"), "bob>ana 1");
        assertSales(
                "2025-10 bob>ana 1.000000 at 0.100000 = 0.10 + 0.00",
                "2025-10 bob>ana 1.000000 at 0.100000 = 0.10 + 0.02",
                "2025-10 bob>ana 1.000000 at 0.140000 = 0.14 + 0.00");
        assertFees("2025-10 ana 3.000000: 0.03 + 0.00");
    }

    @Test
    void separatesMonthsAndDays() {
        Terms monthly = street(LINE, "ana", "bob vat 0");
        add("2025-11-01", monthly, "bob>ana 2");
        add("2025-10-31", monthly, "bob>ana 1");
        add("2025-12-24", daily(monthly), "bob>ana 3");
        assertSales(
                "2025-10 bob>ana 1.000000 at 0.140000 = 0.14 + 0.00",
                "2025-11 bob>ana 2.000000 at 0.140000 = 0.28 + 0.00",
                "2025-12-24 bob>ana 3.000000 at 0.140000 = 0.42 + 0.00");
    }

    @Test
    void knowsAMemberByHisIdWhereverHeStands() {
        add("2025-10-01", street(LINE, "ana", "bob vat 0"), "bob>ana 1");
        add("2025-10-02", street(LINE, "bob vat 0", "eva", "ana"), "bob>ana 1, bob>eva 1");
        assertSales(
                "2025-10 bob>eva 1.000000 at 0.140000 = 0.14 + 0.00",
                "2025-10 bob>ana 2.000000 at 0.140000 = 0.28 + 0.00");
    }

    @Test
    void listsFormerMembersAfterTheOthersAndTheCommunityLast() {
        add("2025-10-01", street(LINE, "zoe vat 0", "ana"), "zoe>ana 1, *>ana 1");
        add("2025-10-02", street(LINE, "bob vat 0", "ana"), "bob>ana 1");
        assertSales(
                "2025-10 bob>ana 1.000000 at 0.140000 = 0.14 + 0.00",
                "2025-10 zoe>ana 1.000000 at 0.140000 = 0.14 + 0.00",
                "2025-10 community>ana 1.000000 at 0.140000 = 0.14 + 0.00");
        assertThat(bills.members())
                .extracting(MemberPeriod::member)
                .containsExactly("bob", "ana", "zoe");
    }

    @Test
    void letsTheCommunitySellAtTheLocalPriceWithoutTax() {
        add("2025-10-01", street(LINE, "ana", "bob vat 0.2"), "*>ana 1, *>bob 2");
        assertSales(
                "2025-10 community>ana 1.000000 at 0.140000 = 0.14 + 0.00",
                "2025-10 community>bob 2.000000 at 0.140000 = 0.28 + 0.00");
        assertAccounts("2025-10 community 0.45, network operator 0.00");
    }

    @Test
    void sumsUpAMembersMonth() {
        add(
                "2025-10-01",
                street(LINE, "ana vat 0", "bob vat 0.2"),
                "bob>ana 10, ana>bob 1, ana>ana 2");
        assertMembers(
                "ana allocated 12.000000 sold 3.000000 paid 1.68 earned 0.14 fees 0.10: saved 0.66,"
                        + " gained 0.02, balance -1.64",
                "bob allocated 1.000000 sold 10.000000 paid 0.14 earned 1.68 fees 0.01: saved 0.03,"
                        + " gained 1.00, balance 1.53");
        assertAccounts("2025-10 community 0.11, network operator 0.00");
    }

    @Test
    void showsALossWhereLocalEnergyIsDearerOrGivenAway() {
        String dear = "2025-01-01 0.30 0.18 0.04 0.01 0.02";
        add(
                "2025-10-01",
                street(dear, "ana", "bob vat 0.2", "town price 0 vat 0.2"),
                "bob>ana 1, town>ana 1");
        assertMembers(
                "ana allocated 2.000000 sold 0.000000 paid 0.36 earned 0.00 fees 0.06: saved 0.00,"
                        + " gained 0.00, balance -0.42",
                "bob allocated 0.000000 sold 1.000000 paid 0.00 earned 0.36 fees 0.00: saved 0.00,"
                        + " gained 0.26, balance 0.36",
                "town allocated 0.000000 sold 1.000000 paid 0.00 earned 0.00 fees 0.00: saved 0.00,"
                        + " gained -0.04, balance 0.00");
        add("2025-10-02", street(dear, "ana", "bob vat 0.2", "town price 0 vat 0.2"), "bob>ana 10");
        assertThat(cents(bills.members().getFirst().saved())).isEqualTo("-1.50");
    }

    @Test
    void roundsWhatTheSupplierWouldHaveChargedByPriceLine() {
        String later = "2025-10-02 0.14 0.25 0.05 0.01 0";
        Terms street = street(LINE + "; " + later, "ana", "bob price 0 vat 0");
        add("2025-10-01", street, "bob>ana 0.03");
        add("2025-10-02", street, "bob>ana 0.10");
        MemberPeriod ana = bills.members().getFirst();
        // 0.03 * 0.18 = 0.0054 and 0.10 * 0.25 = 0.025: 0.01 + 0.03.
        assertThat(cents(ana.supplierValue())).isEqualTo("0.04");
        // 0.03 * 0.04 = 0.0012 and 0.10 * 0.05 = 0.005: 0.00 + 0.01.
        assertThat(cents(bills.members().getLast().feedInValue())).isEqualTo("0.01");
    }

    /// EN-47: whichever price of a line changed, also by a new file.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-01-02 0.14 0.18 0.04 0.01 0.02",
                "2025-01-01 0.15 0.18 0.04 0.01 0.02",
                "2025-01-01 0.14 0.19 0.04 0.01 0.02",
                "2025-01-01 0.14 0.18 0.05 0.01 0.02",
                "2025-01-01 0.14 0.18 0.04 0.02 0.02",
                "2025-01-01 0.14 0.18 0.04 0.01 0.03"
            })
    void aPriceLineThatChangedBeginsALineOfItsOwn(String changed) {
        String before = "2025-01-01 0.14 0.18 0.04 0.01 0.02";
        add("2025-10-01", street(before, "ana", "bob vat 0"), "bob>ana 1");
        add("2025-10-02", street(changed, "ana", "bob vat 0"), "bob>ana 1");
        add("2025-10-03", street(changed, "ana", "bob vat 0"), "bob>ana 1");
        assertThat(bills.sales())
                .extracting(sale -> sale.energy().toString())
                .containsExactlyInAnyOrder("1.000000", "2.000000");
        assertThat(bills.fees())
                .extracting(fee -> fee.bought().toString())
                .containsExactlyInAnyOrder("1.000000", "2.000000");
    }

    @Test
    void listsMembersWhoseMetersTookNoPart() {
        add("2025-10-01", street(LINE, "ana", "bob vat 0"), "");
        assertMembers(
                "ana allocated 0.000000 sold 0.000000 paid 0.00 earned 0.00 fees 0.00: saved 0.00,"
                        + " gained 0.00, balance 0.00",
                "bob allocated 0.000000 sold 0.000000 paid 0.00 earned 0.00 fees 0.00: saved 0.00,"
                        + " gained 0.00, balance 0.00");
        assertAccounts("2025-10 community 0.00, network operator 0.00");
    }

    @Test
    void refusesASaleWithoutARateOfTax() {
        add("2025-10-01", street(LINE, "ana", "bob"), "bob>ana 1");
        assertThatThrownBy(bills::sales)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bob");
    }

    @Test
    void refusesAMemberNamedLikeTheCommunitysAccount() {
        assertThatThrownBy(() -> add("2025-10-01", street(LINE, "community"), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesADayBeforeTheFirstPrices() {
        assertThatThrownBy(() -> add("2024-12-31", street(LINE, "ana"), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesPartsOfDifferentSizes() {
        Terms street = street(LINE, "ana");
        LocalDate day = LocalDate.of(2025, 10, 1);
        DayReadings readings = new DayReadings(2, 1, new long[2], new long[2], Optional.empty());
        DayAllocation allocation = new DayAllocation(new long[1], new long[1]);
        DayTrades trades = new DayTrades(1, new long[2]);
        assertThatThrownBy(() ->
                        bills.add(day, street, street.rosterOn(day), readings, allocation, trades))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertSales(String... lines) {
        assertThat(bills.sales())
                .extracting(sale ->
                        "%s %s>%s %s at %s = %s + %s"
                                .formatted(
                                        sale.period(),
                                        sale.seller(),
                                        sale.buyer(),
                                        sale.energy(),
                                        sale.price(),
                                        cents(sale.amount()),
                                        cents(sale.vat())))
                .containsExactly(lines);
    }

    private void assertFees(String... lines) {
        assertThat(bills.fees())
                .extracting(fee ->
                        "%s %s %s: %s + %s"
                                .formatted(
                                        fee.period(),
                                        fee.member(),
                                        fee.bought(),
                                        cents(fee.communityFee()),
                                        cents(fee.networkFee())))
                .containsExactly(lines);
    }

    private void assertMembers(String... lines) {
        assertThat(bills.members())
                .extracting(member ->
                        "%s allocated %s sold %s paid %s earned %s fees %s: saved %s, gained %s, balance %s"
                                .formatted(
                                        member.member(),
                                        member.allocated(),
                                        member.sold(),
                                        cents(member.paid()),
                                        cents(member.earned()),
                                        cents(member.fees()),
                                        cents(member.saved()),
                                        cents(member.gained()),
                                        cents(member.balance())))
                .containsExactly(lines);
    }

    private void assertAccounts(String... lines) {
        assertThat(bills.accounts())
                .extracting(accounts ->
                        "%s community %s, network operator %s"
                                .formatted(
                                        accounts.period(),
                                        cents(accounts.community()),
                                        cents(accounts.networkOperator())))
                .containsExactly(lines);
    }

    /// A street of one meter a member.
    ///
    /// @param prices lines of `from local supplier feed-in community-fee network-fee`
    /// @param members `id [price P] [vat R]`
    private static Terms street(String prices, String... members) {
        return new Terms(
                "street",
                "Europe/Paris",
                60,
                "EUR",
                BillingPeriod.MONTH,
                Optional.of(true),
                new SharingKey.FromOperator(),
                Arrays.stream(prices.split("; ", -1)).map(BillsTest::line).toList(),
                "grid",
                Arrays.stream(members).map(BillsTest::member).toList());
    }

    private static Terms daily(Terms terms) {
        return new Terms(
                terms.community(),
                terms.zone(),
                terms.stepMinutes(),
                terms.currency(),
                BillingPeriod.DAY,
                terms.publishTotals(),
                terms.key(),
                terms.prices(),
                terms.networkOperator(),
                terms.members());
    }

    private static PriceLine line(String text) {
        String[] words = text.split(" ", -1);
        List<Price> prices =
                IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> new Price(Decimals.parseMillionths(words[i])))
                        .toList();
        return new PriceLine(
                LocalDate.parse(words[0]),
                prices.get(0),
                prices.get(1),
                prices.get(2),
                prices.get(3),
                prices.get(4));
    }

    private static Member member(String text) {
        SortedMap<String, Long> settings = new TreeMap<>();
        String[] words = text.split(" ", -1);
        for (int i = 1; i < words.length; i += 2) {
            settings.put(words[i], Decimals.parseMillionths(words[i + 1]));
        }
        return new Member(
                words[0],
                Optional.ofNullable(settings.get("price")).map(Price::new),
                Optional.ofNullable(settings.get("vat")).map(Share::new),
                List.of(new Tenure("meter-" + words[0], Optional.empty(), Optional.empty())));
    }

    /// Adds a day of one interval in which each bought and sold what the trades say.
    private void add(String date, Terms terms, String trades) {
        LocalDate day = LocalDate.parse(date);
        List<String> ids = new ArrayList<>(terms.members().stream().map(Member::id).toList());
        ids.add("*");
        int members = terms.members().size();
        long[] traded = new long[(members + 1) * members];
        long[] allocated = new long[members];
        long[] sold = new long[members];
        for (String trade : trades.isEmpty() ? new String[0] : trades.split(", ", -1)) {
            String[] words = trade.split("[> ]", -1);
            int seller = ids.indexOf(words[0]);
            int buyer = ids.indexOf(words[1]);
            long mWh = Decimals.parseMillionths(words[2]);
            traded[seller * members + buyer] = mWh;
            allocated[buyer] += mWh;
            if (seller < members) {
                sold[seller] += mWh;
            }
        }
        bills.add(
                day,
                terms,
                terms.rosterOn(day),
                new DayReadings(1, members, allocated, sold, Optional.empty()),
                new DayAllocation(allocated, sold),
                new DayTrades(members, traded));
    }

    private static String cents(Money money) {
        return Decimals.formatCents(money.micros());
    }
}
