package mitoyen.node.books;

import java.time.LocalDate;
import mitoyen.ledger.energy.Bills;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.ledger.energy.DayTrades;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.energy.Sharing;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.energy.Trading;
import mitoyen.node.community.Community;

/// One local day with its readings and how they were shared, under the terms that held then.
///
/// @param date the local day
/// @param revision 0 for the first settlement of the day, 1 for its first correction, and so on
/// @param startMillis the start of the settled span [ms since 1970]
/// @param endMillis its end [ms since 1970]
/// @param community the terms and the names
/// @param readings what the meters measured
/// @param allocation how it was shared
/// @param trades who bought how much from whom
/// @param missing how many readings were missing and taken as 0
/// @param outside how many readings were left out, their meter being outside its days
public record SettledDay(
        LocalDate date,
        int revision,
        long startMillis,
        long endMillis,
        Community community,
        DayReadings readings,
        DayAllocation allocation,
        DayTrades trades,
        int missing,
        int outside) {
    private static final long MILLIS_PER_MINUTE = 60_000;

    /// Shares a day's readings by the key of the terms.
    public static SettledDay share(
            LocalDate date,
            int revision,
            long startMillis,
            long endMillis,
            Community community,
            DayReadings readings,
            int missing,
            int outside) {
        Roster roster = community.terms().rosterOn(date);
        DayAllocation allocation = Sharing.allocate(community.terms().key(), roster, readings);
        return new SettledDay(
                date,
                revision,
                startMillis,
                endMillis,
                community,
                readings,
                allocation,
                Trading.trade(roster, allocation, readings.intervals()),
                missing,
                outside);
    }

    /// The terms that held on the day.
    public Terms terms() {
        return community.terms();
    }

    /// The meters that took part, in the order of the file.
    public Roster roster() {
        return terms().rosterOn(date);
    }

    /// Adds the day to bills.
    ///
    /// @throws ArithmeticException if a sum exceeds a `long`
    public void addTo(Bills bills) {
        bills.add(date, terms(), roster(), readings, allocation, trades);
    }

    /// The start of an interval [ms since 1970].
    public long startMillis(int interval) {
        return startMillis + MILLIS_PER_MINUTE * terms().stepMinutes() * interval;
    }
}
