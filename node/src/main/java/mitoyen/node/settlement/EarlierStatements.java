package mitoyen.node.settlement;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.Bills;
import mitoyen.ledger.energy.MemberPeriod;
import mitoyen.ledger.energy.PeriodAccounts;
import mitoyen.node.settlement.LedgerIndex.MonthEntry;
import mitoyen.node.statement.Statement;

/// Which statement another one replaces, and what that one came to, by the claims of the ledger:
/// whoever settled it owes or is owed the difference alone, and has to be told (EN-54).
///
/// Only of months that are billed as a whole: claims are by month, and of a day's statement they
/// say nothing. Nothing is replaced where no claim left the account at another amount; a claim
/// holds no account that it leaves as it was.
final class EarlierStatements {
    private final LedgerIndex index;
    private final SortedMap<String, AccountId> accounts;
    private final SortedSet<String> months;

    private EarlierStatements(
            LedgerIndex index, SortedMap<String, AccountId> accounts, SortedSet<String> months) {
        this.index = index;
        this.accounts = accounts;
        this.months = months;
    }

    /// What statements of these bills replace.
    static EarlierStatements of(Bills bills, Archive archive) {
        SortedSet<String> months = new TreeSet<>();
        SortedSet<String> byDay = new TreeSet<>();
        for (PeriodAccounts each : bills.accounts()) {
            String month = Claims.monthOf(each.period());
            (month.equals(each.period()) ? months : byDay).add(month);
        }
        months.removeAll(byDay);
        return new EarlierStatements(
                archive.index(), new Recomputation(archive).accounts(), months);
    }

    /// The statement that a member's bill of a period replaces, if it does.
    Optional<Statement.Earlier> find(MemberPeriod bill) {
        AccountId account = accounts.get(bill.member());
        if (account == null || !months.contains(bill.period())) {
            return Optional.empty();
        }
        MonthEntry entry = index.month(bill.period()).lastOther(account, bill.balance());
        return entry.findClaimed(account)
                .map(balance -> new Statement.Earlier(entry.height(), balance));
    }
}
