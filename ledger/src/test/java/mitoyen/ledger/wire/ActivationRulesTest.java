package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Receipt;
import org.junit.jupiter.api.Test;

/// How later rules begin on a ledger of earlier ones (LE-155).
final class ActivationRulesTest {
    private static final Genesis FIRST = new LedgerScript().genesis;
    private static final Genesis SECOND =
            RecordedCase.ofVersion2(AccountLine.genesis(Parameters.STANDARD));
    private static final Genesis SHARED =
            RecordedCase.ofVersion2(SharedLedger.genesis(Parameters.STANDARD));

    /// What a program says that knows no version above 2: any of these answers to what is not
    /// accepted, or nodes of both programs would not agree on the receipts.
    @Test
    void onALedgerOfOneNodeTheFoundersAccountActivates() {
        AccountScript.holds(
                new AccountScript(SECOND),
                """
                founder opens ana; opens other; creates TOKEN                          | accepted
                founder mints 9 TOKEN to ana / number=9000000000000000                 | accepted
                ana activates version=3 from=20                                        | NOT_SIGNED_BY_FOUNDER
                ana activates version=3 from=4 signed by founder                       | ACTIVATION_OUT_OF_ORDER
                ana activates version=2 from=20 signed by founder                      | ACTIVATION_OUT_OF_ORDER
                ana activates version=4 from=20 signed by founder                      | ACTIVATION_OUT_OF_ORDER
                ana activates version=3 from=20 validity=3600000 signed by founder     | ACTIVATION_OUT_OF_ORDER
                founder gives founder with=new / lane=1                                | accepted
                ana activates version=3 from=20 signed by founder                      | ACTIVATION_OUT_OF_ORDER
                ana transfers 1 TOKEN to other / number=4 rules=3                      | MALFORMED
                ana activates version=3 from=20 signed by new / rules=3                | MALFORMED
                nobody activates version=3 from=16 bundle=9999999 signed by new / id=a | accepted
                ana activates version=3 from=20 signed by new                          | ACTIVATION_OUT_OF_ORDER
                ana transfers 1 TOKEN to other / number=9000000000000000               | accepted
                ana transfers 1 TOKEN to other / lane=1 number=4 rules=2               | accepted
                ana transfers 1 TOKEN to other / lane=2 number=9000000000000000        | NUMBER_TOO_FAR
                ana transfers 1 TOKEN to other / lane=2 number=5 rules=2               | FOR_ANOTHER_VERSION
                ana transfers 1 TOKEN to other / lane=2 number=5 rules=4               | FOR_ANOTHER_VERSION
                ana transfers 1 TOKEN to other / lane=2 number=5                       | accepted
                ana activates version=3 from=99 signed by new                          | ACTIVATION_OUT_OF_ORDER
                balance other TOKEN                                                    | 0 0 0 3
                """);
    }

    /// Nobody alone, not even who founded it: two of the council's three.
    @Test
    void onASharedLedgerTheCouncilActivates() {
        AccountScript.holds(
                new AccountScript(SHARED),
                """
                founder opens ana                                                      | accepted
                founder activates version=3 from=10                                    | ACTIVATION_OUT_OF_ORDER
                council activates version=3 from=10 signed by c1                       | NOT_SIGNED_BY_FOUNDER
                council activates version=3 from=10 signed by c1,founder               | ACTIVATION_OUT_OF_ORDER
                council activates version=3 from=10 bundle=4194305 signed by c1,c3     | ACTIVATION_OUT_OF_ORDER
                council activates version=3 from=9 bundle=4194303 signed by c1,c3      | accepted
                founder opens bea                                                      | accepted
                founder opens cyr / rules=3                                            | MALFORMED
                founder opens cyr                                                      | accepted
                founder opens dan / rules=2                                            | FOR_ANOTHER_VERSION
                founder opens dan                                                      | accepted
                """);
    }

    /// From the first version to the newest, at once or one after the other.
    @Test
    void aLedgerOfTheFirstVersionGoesAnyWay() {
        AccountScript.holds(
                new AccountScript(FIRST),
                """
                founder activates version=3 from=4 validity=7200000 / height=99        | accepted
                founder opens ana / rules=3                                            | MALFORMED
                founder activates version=2 from=9 / height=99                         | ACTIVATION_OUT_OF_ORDER
                founder opens ana                                                      | accepted
                founder opens bea / number=9000000000000000                            | NUMBER_TOO_FAR
                """);
        AccountScript.holds(
                new AccountScript(FIRST),
                """
                founder activates from=3 / height=99                                   | accepted
                founder activates version=3 from=9 / height=99                         | ACTIVATION_OUT_OF_ORDER
                founder opens ana / number=9000000000000000 lane=1                     | accepted
                founder activates version=3 from=6 / height=99                         | accepted
                founder opens bea / number=9000000000000000 lane=2                     | accepted
                founder opens cyr / number=9000000000000001 lane=2                     | NUMBER_TOO_FAR
                """);
    }

    /// What is of version 1 is none any more.
    @Test
    void versionTwoBeginsAtItsHeight() {
        AccountScript ledger = new AccountScript(FIRST);
        assertThat(ledger.run("founder opens ana")).isEqualTo("MALFORMED");
        assertThat(ledger.run("founder activates from=3 signed by ana"))
                .isEqualTo("NOT_SIGNED_BY_FOUNDER");
        assertThat(ledger.run("founder activates from=3")).isEqualTo("ACTIVATION_OUT_OF_ORDER");
        assertThat(ledger.run("founder activates from=9 version=4"))
                .isEqualTo("ACTIVATION_OUT_OF_ORDER");
        assertThat(ledger.run("founder activates from=9 / height=1")).isEqualTo("EXPIRED");
        assertThat(ledger.run("nobody activates from=9 signed by founder / id=one height=99999999"))
                .isEqualTo("accepted");
        assertThat(ledger.run("nobody activates from=10 signed by founder / id=one"))
                .isEqualTo("ID_TAKEN");
        assertThat(ledger.run("founder opens ana")).isEqualTo("MALFORMED");
        assertThat(ledger.run("founder opens ana")).isEqualTo("accepted");
        assertThat(ledger.run("founder activates from=99")).isEqualTo("ACTIVATION_OUT_OF_ORDER");
        var old =
                ledger.execute(
                        List.of(
                                Bundle.of(List.of(new LedgerScript().signed("founder founds a")))
                                        .toBytes()));
        assertThat(old.outcomes().getFirst().receipt())
                .isInstanceOfSatisfying(
                        Receipt.Rejected.class,
                        rejected ->
                                assertThat(rejected.rejection().name())
                                        .isEqualTo("FOR_ANOTHER_VERSION"));
    }
}
