package mitoyen.node.settlement;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.Bills;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.MemberPeriod;
import mitoyen.ledger.energy.PeriodAccounts;
import mitoyen.ledger.quantity.Money;
import mitoyen.node.settlement.LedgerIndex.MonthEntry;
import mitoyen.node.settlement.LedgerIndex.SettledEntry;

/// What the ledger is to claim for the months whose bills it does not cover yet.
///
/// A claim is one net amount an account and calendar month, less what was claimed for that month
/// before, whatever the billing period: an amount a day, divided by public prices, would give a
/// home's day away. For the same reason days wait for the claim of their month until its last day
/// is settled, or a week of them is new and a week is still to come; only what the first run of a
/// ledger brought is claimed at once, and so is the difference that a correction makes (EN-52).
public final class Claims {
    private static final int FEWEST_NEW_DAYS = 7;

    private final LedgerIndex index;
    private final SortedMap<String, AccountId> accounts;
    private final SortedMap<LocalDate, SettledEntry> days;
    private final boolean firstAtOnce;

    private Claims(
            LedgerIndex index,
            SortedMap<String, AccountId> accounts,
            SortedMap<LocalDate, SettledEntry> days,
            boolean firstAtOnce) {
        this.index = index;
        this.accounts = accounts;
        this.days = days;
        this.firstAtOnce = firstAtOnce;
    }

    /// The claims of a ledger that one run after the other settles.
    ///
    /// @param accounts the account of each member by id
    static Claims of(LedgerIndex index, SortedMap<String, AccountId> accounts) {
        return new Claims(index, accounts, index.days(), true);
    }

    /// The claims of a ledger that several settle, day by day: no run brings the first ones
    /// together.
    ///
    /// @param accounts the account of each member by id
    /// @param through the height of the last block whose settlements count
    public static Claims through(
            LedgerIndex index, SortedMap<String, AccountId> accounts, long through) {
        return new Claims(index, accounts, index.daysThrough(through), false);
    }

    /// The claims that are due, by month.
    ///
    /// @param bills of everything the ledger settled
    List<ClaimMonth> due(Bills bills) {
        List<ClaimMonth> due = new ArrayList<>();
        SortedMap<String, SortedMap<AccountId, Money>> balances = balances(bills);
        daysByMonth()
                .forEach((month, days) -> {
                    if (isDue(month, days)) {
                        due.add(claim(month, days, balances.getOrDefault(month, new TreeMap<>())));
                    }
                });
        return due;
    }

    /// The months of which a day is settled, such as `2025-10`.
    public SortedSet<String> months() {
        return new TreeSet<>(daysByMonth().keySet());
    }

    /// The settled days of a month.
    List<SettledEntry> daysOf(String month) {
        return daysByMonth().getOrDefault(month, List.of());
    }

    /// Whether a month's next claim is due.
    public boolean isDue(String month) {
        return isDue(month, daysOf(month));
    }

    /// A month's next claim.
    ///
    /// @param bills of the month's settled days, at least one
    public ClaimMonth next(String month, Bills bills) {
        return claim(month, daysOf(month), balances(bills).getOrDefault(month, new TreeMap<>()));
    }

    /// The months with days that no claim covers and none is due for, such as `2025-10`.
    List<String> waiting() {
        List<String> waiting = new ArrayList<>();
        daysByMonth()
                .forEach((month, days) -> {
                    if (!uncovered(month, days).isEmpty() && !isDue(month, days)) {
                        waiting.add(month);
                    }
                });
        return waiting;
    }

    /// What a month's bills come to for each account: every balance of the month, and what the
    /// community and the network operator are owed.
    SortedMap<String, SortedMap<AccountId, Money>> balances(Bills bills) {
        FoundCommunity founding = index.founding();
        SortedMap<String, SortedMap<AccountId, Money>> balances = new TreeMap<>();
        for (MemberPeriod period : bills.members()) {
            AccountId account = accounts.get(period.member());
            if (account == null) {
                throw new IllegalStateException("no account of " + period.member());
            }
            add(balances, period.period(), account, period.balance());
        }
        for (PeriodAccounts period : bills.accounts()) {
            add(balances, period.period(), founding.communityAccount(), period.community());
            add(
                    balances,
                    period.period(),
                    founding.networkOperatorAccount(),
                    period.networkOperator());
        }
        return balances;
    }

    /// The calendar month of a billing period or a day.
    static String monthOf(String period) {
        return period.substring(0, "2025-10".length());
    }

    private ClaimMonth claim(
            String month, List<SettledEntry> days, SortedMap<AccountId, Money> balances) {
        MonthEntry entry = index.month(month);
        SortedMap<AccountId, Money> open = new TreeMap<>(balances);
        entry.claimed()
                .forEach((account, claimed) ->
                        open.merge(account, Money.ZERO.minus(claimed), Money::plus));
        List<Claim> claims = new ArrayList<>();
        for (Map.Entry<AccountId, Money> each : open.entrySet()) {
            if (!each.getValue().equals(Money.ZERO)) {
                claims.add(new Claim(each.getKey(), each.getValue()));
            }
        }
        long through = days.stream().mapToLong(SettledEntry::height).max().orElseThrow();
        return new ClaimMonth(index.community(), month, entry.number() + 1, through, claims);
    }

    private boolean isDue(String month, List<SettledEntry> days) {
        List<SettledEntry> uncovered = uncovered(month, days);
        if (uncovered.isEmpty()) {
            return false;
        }
        LocalDate last = YearMonth.parse(month).atEndOfMonth();
        int open = last.getDayOfMonth() - days.size();
        return open == 0
                || uncovered.stream().anyMatch(day -> day.settlement().day().equals(last))
                || uncovered.stream().anyMatch(day -> day.revision() > 0)
                || (uncovered.size() >= FEWEST_NEW_DAYS && open >= FEWEST_NEW_DAYS)
                || (firstAtOnce && isFirst(uncovered));
    }

    /// Whether the ledger made no claim before it settled the first of these days: then they came
    /// with what founded it.
    private boolean isFirst(List<SettledEntry> days) {
        long settled = days.stream().mapToLong(SettledEntry::height).min().orElseThrow();
        return index.firstClaimHeight() == 0 || index.firstClaimHeight() > settled;
    }

    private List<SettledEntry> uncovered(String month, List<SettledEntry> days) {
        long through = index.month(month).through();
        return days.stream().filter(day -> day.height() > through).toList();
    }

    private SortedMap<String, List<SettledEntry>> daysByMonth() {
        SortedMap<String, List<SettledEntry>> months = new TreeMap<>();
        for (Map.Entry<LocalDate, SettledEntry> day : days.entrySet()) {
            months.computeIfAbsent(monthOf(day.getKey().toString()), _ -> new ArrayList<>())
                    .add(day.getValue());
        }
        return months;
    }

    private static void add(
            SortedMap<String, SortedMap<AccountId, Money>> balances,
            String period,
            AccountId account,
            Money amount) {
        balances.computeIfAbsent(monthOf(period), _ -> new TreeMap<>())
                .merge(account, amount, Money::plus);
    }
}
