package mitoyen.ledger.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// EN-30 to EN-34: who buys from whom, an interval a line. Owners are letters, `*` the community's
/// account; `b>a 4` reads: b sells 4 mWh to a.
class TradingTest {
    @ParameterizedTest(name = "meters of {0}: allocated {1}, sold {2}: {3} ({4})")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ab    | 4 0       | 0 4       | b>a 4                | one pair
                    abc   | 3 2 0     | 0 0 5     | c>a 3, c>b 2         | one seller
                    abcd  | 3 3 0 0   | 0 0 2 4   | c>a 1, c>b 1, d>a 2, d>b 2 | 2 over 3, 3; 4 over 2, 2
                    abcd  | 2 1 0 0   | 0 0 1 2   | c>a 1, d>a 1, d>b 1  | EN-33: 1 over 2, 1: to a; the rest from d
                    abcd  | 1 1 0 0   | 0 0 1 1   | c>a 1, d>b 1         | a tie goes to the earlier buyer
                    aab   | 0 5 3     | 0 2 6     | a>a 1, a>b 1, b>a 4, b>b 2 | by member; a and b also buy from themselves
                    aba   | 2 2 0     | 0 0 4     | a>a 2, a>b 2         | between two meters of one member
                    ab    | 1 1       | 0 0       | *>a 1, *>b 1         | EN-32: nobody sold: the community's account
                    ab    | 0 0       | 0 4       |                      | nothing allocated: nothing traded
                    abc   | 3 3 0     | 0 0 5     | c>a 3, c>b 3         | EN-31: allocated 6 of 5 sold: all is supplied
                    abcd  | 5 0 0 0   | 0 0 3 3   | c>a 3, d>a 2         | sold 6, allocated 5: 2 r3, 2 r3: the earlier one more
                    abcd  | 9 0 0 0   | 0 0 1 1   | c>a 5, d>a 4         | far more allocated than sold
                    """)
    void tradesByTheRule(String owners, String allocated, String sold, String trades) {
        DayAllocation allocation = new DayAllocation(longs(allocated), longs(sold));
        assertThat(text(Trading.trade(roster(owners), allocation, 1)))
                .isEqualTo(trades == null ? "" : trades);
    }

    @Test
    void sumsTheIntervalsOfADay() {
        DayAllocation allocation =
                new DayAllocation(new long[] {4, 0, 0, 3, 1, 0}, new long[] {0, 4, 3, 0, 0, 0});
        assertThat(text(Trading.trade(roster("ab"), allocation, 3)))
                .isEqualTo("a>b 3, b>a 4, *>a 1");
    }

    @Test
    void refusesAnAllocationOfAnotherSize() {
        DayAllocation allocation = new DayAllocation(new long[4], new long[4]);
        assertThatThrownBy(() -> Trading.trade(roster("ab"), allocation, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(DayTrades trades) {
        List<String> lines = new ArrayList<>();
        for (int seller = 0; seller <= trades.members(); seller++) {
            for (int buyer = 0; buyer < trades.members(); buyer++) {
                if (trades.mWh(seller, buyer) != 0) {
                    String who = seller == trades.members() ? "*" : name(seller);
                    lines.add(who + ">" + name(buyer) + " " + trades.mWh(seller, buyer));
                }
            }
        }
        return String.join(", ", lines);
    }

    private static String name(int member) {
        return String.valueOf((char) ('a' + member));
    }

    private static Roster roster(String owners) {
        List<Roster.Place> places =
                owners.chars()
                        .mapToObj(owner -> new Roster.Place("m" + owner, owner - 'a'))
                        .toList();
        return new Roster(owners.chars().max().orElseThrow() - 'a' + 1, places);
    }

    private static long[] longs(String text) {
        return Arrays.stream(text.trim().split(" +", -1)).mapToLong(Long::parseLong).toArray();
    }
}
