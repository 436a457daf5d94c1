package mitoyen.node.page;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.energy.BillingPeriod;
import mitoyen.ledger.energy.Bills;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.ledger.energy.DayTrades;
import mitoyen.ledger.energy.Member;
import mitoyen.ledger.energy.PriceLine;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.energy.Sharing;
import mitoyen.ledger.energy.SharingKey;
import mitoyen.ledger.energy.Tenure;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.energy.Trading;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;
import mitoyen.node.community.MemberDetails;
import mitoyen.node.statement.Statement;
import mitoyen.node.statement.Statements;

/// A street of three homes over two months, settled by the real arithmetic, without a ledger.
final class SampleRecords implements Records {
    static final List<String> IDS = List.of("alice", "bruno", "ecole");
    static final List<String> NAMES = List.of("Alice Martin", "Bruno & <b>Petit</b>", "École");

    private static final int INTERVALS = 48;
    private static final LocalDate FIRST = LocalDate.of(2025, 9, 29);
    private static final int DAYS = 5;

    private final Street street;
    private final List<Statement> statements;
    private final SortedMap<LocalDate, DayCurve> curves = new TreeMap<>();

    SampleRecords() {
        Terms terms = terms();
        Bills bills = new Bills();
        List<Street.Day> days = new ArrayList<>();
        for (int i = 0; i < DAYS; i++) {
            days.add(settle(FIRST.plusDays(i), terms, bills));
        }
        SortedMap<String, MemberDetails> details = new TreeMap<>();
        List<Street.Resident> residents = new ArrayList<>();
        for (int i = 0; i < IDS.size(); i++) {
            details.put(IDS.get(i), new MemberDetails(NAMES.get(i), Optional.empty()));
            residents.add(new Street.Resident(IDS.get(i), NAMES.get(i), Optional.empty()));
        }
        Statement.Anchor anchor = new Statement.Anchor(DAYS + 2L, "ab".repeat(32));
        this.statements = Statements.of(bills, terms, details, _ -> anchor);
        this.street =
                new Street(
                        terms.community(),
                        ZoneId.of(terms.zone()),
                        terms.currency(),
                        terms.networkOperator(),
                        terms.stepMinutes(),
                        residents,
                        days,
                        bills.members(),
                        bills.sales(),
                        bills.fees(),
                        anchor);
    }

    @Override
    public Street street() {
        return street;
    }

    @Override
    public DayCurve curve(LocalDate date) {
        DayCurve curve = curves.get(date);
        if (curve == null) {
            throw new IllegalArgumentException(date + " is not settled");
        }
        return curve;
    }

    @Override
    public Optional<Statement> findStatement(String member, String period) {
        return statements.stream()
                .filter(each -> each.member().id().equals(member))
                .filter(each -> each.period().equals(period))
                .findFirst();
    }

    @Override
    public Optional<BlockView> findBlock(long height, Frame frame) {
        if (height < 1 || height > street.anchor().height()) {
            return Optional.empty();
        }
        return Optional.of(
                new BlockView(
                        height,
                        "2025-10-01T00:00:00Z",
                        "00:00",
                        "cd".repeat(32),
                        List.of(),
                        List.of(new BlockView.Deed("Deed", "Done <i>here</i>", List.of()))));
    }

    @Override
    public Optional<DayProof> findProof(String member, LocalDate date, String kind, String root) {
        return Optional.empty();
    }

    private Street.Day settle(LocalDate date, Terms terms, Bills bills) {
        Roster roster = terms.rosterOn(date);
        DayReadings readings = readings(date);
        DayAllocation allocation = Sharing.allocate(terms.key(), roster, readings);
        DayTrades trades = Trading.trade(roster, allocation, readings.intervals());
        bills.add(date, terms, roster, readings, allocation, trades);
        DayUses uses = new DayUses(roster, readings, allocation);
        curves.put(
                date,
                new DayCurve(
                        date.atStartOfDay(ZoneId.of(terms.zone())).toInstant(),
                        Duration.ofMinutes(terms.stepMinutes()),
                        uses.byInterval()));
        return new Street.Day(
                date,
                terms.billing().of(date),
                0,
                readings.intervals(),
                0,
                0,
                curves.size() + 1L,
                HexFormat.of().formatHex(new byte[32]),
                HexFormat.of().formatHex(new byte[32]),
                uses.byMember(trades));
    }

    private static DayReadings readings(LocalDate date) {
        Random random = new Random(date.toEpochDay());
        long[] consumption = new long[INTERVALS * 3];
        long[] production = new long[INTERVALS * 3];
        for (int interval = 0; interval < INTERVALS; interval++) {
            double sun = Math.max(0, Math.sin(Math.PI * (interval - 14) / 22.0));
            for (int meter = 0; meter < 3; meter++) {
                consumption[interval * 3 + meter] = 100_000L + random.nextInt(300_000);
            }
            production[interval * 3] = (long) (sun * 900_000);
            production[interval * 3 + 2] = (long) (sun * 500_000);
        }
        return new DayReadings(INTERVALS, 3, consumption, production, Optional.empty());
    }

    private static Terms terms() {
        return new Terms(
                "impasse",
                "Europe/Paris",
                30,
                "EUR",
                BillingPeriod.MONTH,
                Optional.of(true),
                new SharingKey.ProRata(SharingKey.Rounding.CONSERVING),
                List.of(
                        new PriceLine(
                                LocalDate.EPOCH,
                                new Price(140_000),
                                new Price(180_000),
                                new Price(40_000),
                                new Price(10_000),
                                Price.ZERO)),
                "enedis",
                List.of(member(0, true), member(1, false), member(2, true)));
    }

    private static Member member(int index, boolean produces) {
        return new Member(
                IDS.get(index),
                Optional.empty(),
                produces ? Optional.of(Share.ZERO) : Optional.empty(),
                List.of(new Tenure("meter-" + index, Optional.empty(), Optional.empty())));
    }
}
