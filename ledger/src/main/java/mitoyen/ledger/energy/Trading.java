package mitoyen.ledger.energy;

import java.util.Arrays;

/// Who buys from whom: the shared energy of each interval, traced from those who sold to those who
/// received it (EN-30 to EN-34).
///
/// Works by member, not by meter, so that what flows between two meters of one member is his own.
public final class Trading {
    private final DayAllocation allocation;
    private final int members;
    private final LargestRemainder remainder;
    private final long[] trades;
    private final long[] owed;
    private final long[] sold;
    private final long[] supplied;
    private final long[] dealt;

    private Trading(Roster roster, DayAllocation allocation) {
        this.allocation = allocation;
        members = roster.memberCount();
        remainder = new LargestRemainder(members);
        trades = new long[Math.multiplyExact(members + 1, members)];
        owed = new long[members];
        sold = new long[members];
        supplied = new long[members];
        dealt = new long[members];
    }

    /// The trades of one local day, summed over its intervals.
    ///
    /// @param intervals how many intervals the allocation has
    /// @throws IllegalArgumentException if the allocation is of another size
    /// @throws ArithmeticException if a sum exceeds a `long`
    public static DayTrades trade(Roster roster, DayAllocation allocation, int intervals) {
        if (allocation.allocated().length != Math.multiplyExact(intervals, roster.meterCount())) {
            throw new IllegalArgumentException("allocation of another size than the roster's");
        }
        Trading trading = new Trading(roster, allocation);
        int[] owners = roster.places().stream().mapToInt(Roster.Place::member).toArray();
        for (int interval = 0; interval < intervals; interval++) {
            trading.tradeInterval(interval * owners.length, owners);
        }
        return new DayTrades(trading.members, trading.trades);
    }

    private void tradeInterval(int from, int[] owners) {
        long shared = byMember(allocation.allocated(), from, owners, owed);
        if (shared == 0) {
            return;
        }
        long totalSold = byMember(allocation.sold(), from, owners, sold);
        if (totalSold == 0) {
            book(members, owed);
            return;
        }
        remainder.deal(shared, sold, 0, members, totalSold, supplied);
        long open = shared;
        for (int seller = 0; seller < members; seller++) {
            if (supplied[seller] > 0) {
                remainder.deal(supplied[seller], owed, 0, members, open, dealt);
                book(seller, dealt);
                for (int buyer = 0; buyer < members; buyer++) {
                    owed[buyer] -= dealt[buyer];
                }
                open -= supplied[seller];
            }
        }
    }

    /// Fills the totals of an interval by owner, and returns the total of all.
    private static long byMember(long[] values, int from, int[] owners, long[] totals) {
        Arrays.fill(totals, 0);
        long sum = 0;
        for (int place = 0; place < owners.length; place++) {
            long value = values[from + place];
            totals[owners[place]] += value;
            sum = Math.addExact(sum, value);
        }
        return sum;
    }

    private void book(int seller, long[] received) {
        int row = seller * members;
        for (int buyer = 0; buyer < members; buyer++) {
            trades[row + buyer] = Math.addExact(trades[row + buyer], received[buyer]);
        }
    }
}
