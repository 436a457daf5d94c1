package mitoyen.ledger.wire;

import static mitoyen.ledger.wire.LedgerScript.EUR;
import static mitoyen.ledger.wire.LedgerScript.account;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import mitoyen.ledger.energy.EnergyRejection;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.quantity.Money;
import org.junit.jupiter.api.Test;

/// The energy contract's rules as tables, one line a step (LE-30 to LE-41).
final class SettlementTest {
    /// Each rejection, by precedence; the lines before it stay in force. A line that breaks two
    /// rules gets the first.
    private static final String TABLE =
            """
            settler settles solaire 2025-10-01                                        | COMMUNITY_NOT_FOUND
            settler claims solaire 2025-10 ana=1.00 bea=-1.00                         | COMMUNITY_NOT_FOUND
            stranger founds Solaire                                                   | COMMUNITY_ID_MALFORMED
            founder founds solaire/1                                                  | COMMUNITY_ID_MALFORMED
            founder founds a2345678901234567890123456789012345678901                  | COMMUNITY_ID_MALFORMED
            stranger founds solaire                                                   | NOT_SIGNED_BY_FOUNDER
            settler founds solaire clearing=operator                                  | NOT_SIGNED_BY_FOUNDER
            founder founds solaire clearing=operator                                  | ACCOUNTS_NOT_DISTINCT
            founder founds solaire clearing=community                                 | ACCOUNTS_NOT_DISTINCT
            founder founds solaire community-account=operator                         | ACCOUNTS_NOT_DISTINCT
            founder founds solaire                                                    | accepted
            founder founds solaire clearing=operator                                  | COMMUNITY_EXISTS
            founder founds a234567890123456789012345678901234567890                   | CLEARING_IN_USE
            founder founds a234567890123456789012345678901234567890 clearing=other    | accepted
            founder settles solaire 2025-10-01 end=0                                  | NOT_SIGNED_BY_SETTLER
            founder settles nowhere 2025-10-01                                        | COMMUNITY_NOT_FOUND
            settler settles solaire 2025-10-01 end=0 intervals=0                      | SPAN_OUT_OF_RANGE
            settler settles solaire 2025-10-01 end=-1440                              | SPAN_OUT_OF_RANGE
            settler settles solaire 2025-10-01 end=4 intervals=1                      | SPAN_OUT_OF_RANGE
            settler settles solaire 2025-10-01 end=1561                               | SPAN_OUT_OF_RANGE
            settler settles solaire 1969-12-31                                        | SPAN_OUT_OF_RANGE
            settler settles solaire 2025-10-01 intervals=0                            | INTERVALS_OUT_OF_RANGE
            settler settles solaire 2025-10-01 intervals=289 totals=9,9,9,10,9        | INTERVALS_OUT_OF_RANGE
            settler settles solaire 2025-10-01 totals=9,9,9,10,9                      | TOTALS_OF_TOO_FEW_METERS
            settler settles solaire 2025-10-01 totals=9,9,9,10,9,agreed supersedes=a0 | TOTALS_INCONSISTENT
            settler settles solaire 2025-10-01 totals=12,9,9,-1,0                     | TOTALS_INCONSISTENT
            settler settles solaire 2025-10-01 totals=12,9,9,0,-1                     | TOTALS_INCONSISTENT
            settler settles solaire 2025-10-01 totals=12,9,9,0,10                     | TOTALS_INCONSISTENT
            settler settles solaire 2025-10-01 totals=0,0,0,0,0,agreed                | TOTALS_INCONSISTENT
            settler settles solaire 2025-10-01 totals=12,900,900,0,673                | TOTALS_INCONSISTENT
            settler settles solaire 2025-10-01 totals=12,900,900,673,0                | TOTALS_INCONSISTENT
            settler settles solaire 2025-10-01 supersedes=a0                          | DAY_NOT_SETTLED
            settler settles solaire 2025-10-01 totals=12,900,900,0,672                | accepted
            settler settles solaire 2025-10-01                                        | DAY_ALREADY_SETTLED
            settler settles solaire 2025-10-01 supersedes=a0                          | SUPERSEDES_ANOTHER
            settler settles solaire 2025-10-01 supersedes=a1 allocations=a2           | accepted
            settler settles solaire 2025-10-01 supersedes=a1 allocations=a3           | SUPERSEDES_ANOTHER
            settler settles solaire 2025-10-02 totals=9,9,9,9,9,agreed                | accepted
            settler settles solaire 2025-10-03 totals=committed                       | accepted
            settler settles solaire 2025-10-26 end=1500 intervals=50                  | accepted
            settler settles solaire 2025-10-27 end=5 intervals=1                      | accepted
            founder claims solaire 2025-10 unsorted ana=0.00 ana=0.00                 | NOT_SIGNED_BY_SETTLER
            settler claims solaire 2025-10 unsorted ana=0.00 ana=0.00                 | CLAIMS_OUT_OF_ORDER
            settler claims solaire 2025-10 ana=0.00 bea=0.000001                      | CLAIM_IS_ZERO
            settler claims solaire 2025-10 ana=0.000001 clearing=0.01                 | CLAIM_NOT_WHOLE_CENTS
            settler claims solaire 2025-10 ana=0.01 clearing=0.01                     | CLAIM_ON_CLEARING
            settler claims solaire 2025-10 ana=0.01 other=0.01                        | CLAIM_ON_CLEARING
            settler claims solaire 2025-11 ana=0.02 bea=-0.01                         | CLAIMS_UNBALANCED
            settler claims solaire 2025-11 number=9 ana=0.01 bea=-0.01                | MONTH_NOT_SETTLED
            settler claims solaire 2025-10 number=2 through=0 ana=0.01 bea=-0.01      | CLAIM_OUT_OF_TURN
            settler claims solaire 2025-10 number=0 ana=0.01 bea=-0.01                | CLAIM_OUT_OF_TURN
            settler claims solaire 2025-10 through=0 ana=0.01 bea=-0.01               | THROUGH_OUT_OF_RANGE
            settler claims solaire 2025-10 through=53 ana=0.01 bea=-0.01              | THROUGH_OUT_OF_RANGE
            settler claims solaire 2025-10 through=53 ana=12.30 bea=-12.31 cyr=0.01   | accepted
            settler claims solaire 2025-10 through=54 ana=0.01 bea=-0.01              | CLAIM_OUT_OF_TURN
            settler claims solaire 2025-10 number=2 through=53 ana=0.01 bea=-0.01     | THROUGH_OUT_OF_RANGE
            settler claims solaire 2025-10 number=2 through=55 ana=-0.30 bea=0.30     | accepted
            founder founds lunaire clearing=ana                                       | CLEARING_IN_USE
            settler claims solaire 2025-10 number=3 through=56                        | accepted
            settler settles solaire 2025-12-01                                        | accepted
            settler claims solaire 2025-12 ana=5000000000000.00 bea=-5000000000000.00 | AMOUNT_OVERFLOW
            settler settles solaire 2025-12-02 end=1560 intervals=312                 | accepted
            settler settles solaire 2025-12-03 totals=10,900,500,500,500              | accepted
            """;

    @Test
    void eachRejectionHasItsRowByPrecedence() {
        LedgerScript ledger = new LedgerScript();
        Set<EnergyRejection> seen = EnumSet.noneOf(EnergyRejection.class);
        for (String row : TABLE.lines().toList()) {
            int bar = row.indexOf('|');
            String expected = row.substring(bar + 1).strip();
            State before = ledger.state();
            String answer = ledger.run(row.substring(0, bar));
            assertThat(answer).as(row).isEqualTo(expected);
            if (!answer.equals("accepted")) {
                seen.add(EnergyRejection.valueOf(answer));
                assertThat(ledger.state().root()).as(row).isEqualTo(before.root());
            }
        }
        // Version 1 pins no local days, and knows no more than one settler.
        assertThat(seen)
                .isEqualTo(
                        EnumSet.complementOf(
                                EnumSet.range(
                                        EnergyRejection.SPAN_IN_ANOTHER_DAY,
                                        EnergyRejection.DAY_OUT_OF_REACH)));
        assertThat(balances(ledger, "ana", "bea", "cyr", "clearing"))
                .containsExactly("12.000000", "-12.010000", "0.010000", "0.000000");
    }

    @Test
    void rejectionsAreListedByNumberWithoutGaps() {
        assertThat(EnumSet.allOf(EnergyRejection.class))
                .extracting(EnergyRejection::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, EnergyRejection.values().length).boxed().toList());
    }

    private static List<String> balances(LedgerScript ledger, String... names) {
        return List.of(names).stream()
                .map(name -> ledger.state().accounts().balance(account(name), EUR))
                .map(amount -> new Money(amount.units()).toString())
                .toList();
    }
}
