package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitoyen.ledger.energy.EnergyRejection;
import mitoyen.ledger.energy.EnergyState.SettledDay;
import mitoyen.ledger.energy.OpenClaim;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.FullScan;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;
import org.junit.jupiter.api.Test;

/// LE-180 to LE-188: how the settlers of a community come to an end with a day and with a month.
final class SettlerRulesTest {
    private static final String BEGINNING =
            """
            at 8:00 founder opens s1; opens s2; opens s3; opens ana; opens bea            | accepted
            founder founds solaire settlers=s1,s2,s3 quorum=2 objection=3600000           | accepted
            """;

    /// LE-180: who settles; the key of a community that one settles counts for nothing here.
    private static final String FOUNDING =
            """
            founder founds solaire settlers= quorum=0                                     | SETTLERS_INVALID at step 0
            founder founds solaire settlers= quorum=1                                     | SETTLERS_INVALID at step 0
            founder founds solaire settlers=s1,s2 quorum=0                                | SETTLERS_INVALID at step 0
            founder founds solaire settlers=s1,s2 quorum=3                                | SETTLERS_INVALID at step 0
            founder founds solaire settlers=s1,s1 quorum=1                                | SETTLERS_INVALID at step 0
            founder founds solaire settlers=s1,s2 unsorted                                | SETTLERS_INVALID at step 0
            founder founds solaire settlers=s1 objection=-1                               | SETTLERS_INVALID at step 0
            founder founds solaire settlers=s1 objection=31622400001                      | SETTLERS_INVALID at step 0
            founder founds one settlers=s1 objection=31622400000 clearing=c1              | accepted
            founder founds sixteen settlers=a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p quorum=16 clearing=c2 | accepted
            founder founds old clearing=c3                                                | accepted
            founder settles old 2025-10-01 signed by founder,settler                      | accepted
            founder attests old 2025-10-01                                                | NOT_SIGNED_BY_SETTLER at step 0
            founder attests old 2025-10-01 signed by founder,settler                      | PROPOSAL_NOT_FOUND at step 0
            founder dissents old 2025-10-01 signed by founder,settler                     | PROPOSAL_NOT_FOUND at step 0
            founder confirms old 2025-10 signed by founder,settler                        | PROPOSAL_NOT_FOUND at step 0
            founder disputes old 2025-10 signed by founder,settler                        | PROPOSAL_NOT_FOUND at step 0
            founder settles one 2025-10-01 signed by founder,settler                      | NOT_SIGNED_BY_SETTLER at step 0
            founder settles one 2025-10-01 signed by founder,s1                           | NOT_SIGNED_BY_SETTLER at step 0
            """;

    /// LE-181 to LE-184, LE-188: a day, with each reason by precedence.
    private static final String DAY =
            """
            s1 attests moon 2025-10-01                                                    | COMMUNITY_NOT_FOUND at step 0
            ana settles solaire 2025-10-01 intervals=0                                    | NOT_SIGNED_BY_SETTLER at step 0
            ana attests solaire 2025-10-01 of=s1                                          | NOT_SIGNED_BY_SETTLER at step 0
            ana dissents solaire 2025-10-01 of=s1                                         | NOT_SIGNED_BY_SETTLER at step 0
            s1 settles solaire 2025-10-01 intervals=0                                     | INTERVALS_OUT_OF_RANGE at step 0
            s1 settles solaire 2025-10-01 supersedes=a0                                   | DAY_NOT_SETTLED at step 0
            s1 settles solaire 2026-01-02                                                 | DAY_OUT_OF_REACH at step 0
            s1 settles solaire 2020-12-27                                                 | DAY_OUT_OF_REACH at step 0
            s1 settles solaire 2020-12-27 supersedes=a0                                   | DAY_NOT_SETTLED at step 0
            s1 settles solaire 2025-10-01                                                 | accepted
            s1 settles solaire 2025-10-01                                                 | PROPOSED_ALREADY at step 0
            s2 attests solaire 2025-10-01 of=s2                                           | PROPOSAL_NOT_FOUND at step 0
            s2 attests solaire 2025-10-02 of=s1                                           | PROPOSAL_NOT_FOUND at step 0
            s2 attests solaire 2025-10-01 of=s1 readings=r9                               | PROPOSAL_NOT_FOUND at step 0
            s2 attests solaire 2025-10-01 of=s1 totals=committed                          | PROPOSAL_NOT_FOUND at step 0
            s2 attests solaire 2025-10-01 of=s1 on=allocations                            | READINGS_NOT_ATTESTED at step 0
            s1 attests solaire 2025-10-01                                                 | accepted
            s1 attests solaire 2025-10-01                                                 | ATTESTED_ALREADY at step 0
            s1 attests solaire 2025-10-01 on=allocations                                  | READINGS_NOT_ATTESTED at step 0
            s2 attests solaire 2025-10-01 of=s1                                           | accepted
            s3 dissents solaire 2025-10-01 of=s1 on=allocations root=a1                   | DISSENT_AGREES at step 0
            s3 dissents solaire 2025-10-01 of=s1 on=readings root=r1                      | DISSENT_AGREES at step 0
            s3 dissents solaire 2025-10-01 of=s2 on=readings root=r1                      | PROPOSAL_NOT_FOUND at step 0
            s3 dissents solaire 2025-10-01 of=s1 on=allocations root=a9 index=3           | accepted
            s2 attests solaire 2025-10-01 of=s1 on=allocations                            | accepted
            s2 dissents solaire 2025-10-01 of=s1 on=readings root=r8                      | accepted
            s1 attests solaire 2025-10-01 on=allocations                                  | READINGS_NOT_ATTESTED at step 0
            s2 attests solaire 2025-10-01 of=s1                                           | accepted
            s1 attests solaire 2025-10-01 on=allocations                                  | accepted
            s1 claims solaire 2025-10 through=5                                           | MONTH_NOT_SETTLED at step 0
            s3 attests solaire 2025-10-01 of=s1 on=allocations                            | accepted
            s2 attests solaire 2025-10-01 of=s1                                           | PROPOSAL_NOT_FOUND at step 0
            s3 settles solaire 2025-10-01                                                 | DAY_ALREADY_SETTLED at step 0
            s3 settles solaire 2025-10-01 supersedes=a9                                   | SUPERSEDES_ANOTHER at step 0
            s3 settles solaire 2025-10-01 supersedes=a1 allocations=a2                    | accepted
            """;

    /// LE-185 to LE-188: a month.
    private static final String MONTH =
            """
            s1 settles solaire 2025-10-01; attests solaire 2025-10-01                     | accepted
            s2 attests solaire 2025-10-01 of=s1; attests solaire 2025-10-01 of=s1 on=allocations | accepted
            s1 attests solaire 2025-10-01 on=allocations                                  | accepted
            ana claims solaire 2025-10 through=5 unsorted                                 | NOT_SIGNED_BY_SETTLER at step 0
            ana confirms solaire 2025-10 of=s1                                            | NOT_SIGNED_BY_SETTLER at step 0
            ana disputes solaire 2025-10 of=s1                                            | NOT_SIGNED_BY_SETTLER at step 0
            s1 claims solaire 2025-10 through=5 ana=1.00 bea=1.00                         | CLAIMS_UNBALANCED at step 0
            s1 claims solaire 2025-10 through=5 ana=1.00 issuance/EUR=-1.00               | ACCOUNT_NOT_FOUND at step 0
            s1 claims solaire 2025-10 through=5 ana=1.00 bea=-1.00 number=2               | CLAIM_OUT_OF_TURN at step 0
            at 9:00 s1 claims solaire 2025-10 through=5 ana=1.00 bea=-1.00                | accepted
            s1 claims solaire 2025-10 through=5 ana=1.00 bea=-1.00                        | PROPOSED_ALREADY at step 0
            s2 confirms solaire 2025-10 of=s1 through=5 ana=2.00 bea=-2.00                | PROPOSAL_NOT_FOUND at step 0
            s2 disputes solaire 2025-10 of=s2 through=5 ana=1.00 bea=-1.00                | PROPOSAL_NOT_FOUND at step 0
            s2 disputes solaire 2025-10 of=s1 through=5 ana=1.00 bea=-1.00 agreeing       | DISSENT_AGREES at step 0
            s2 confirms solaire 2025-10 of=s1 through=5 ana=1.00 bea=-1.00                | accepted
            s2 confirms solaire 2025-10 of=s1 through=5 ana=1.00 bea=-1.00                | ATTESTED_ALREADY at step 0
            s3 disputes solaire 2025-10 of=s1 through=5 ana=1.00 bea=-1.00 index=0        | accepted
            s3 claims solaire 2025-10 through=5 ana=2.00 bea=-2.00                        | accepted
            balance ana EUR                                                               | 0 0 0 0
            at 9:59:59 founder tick                                                       |
            at 10:00 founder tick                                                         | fires claims
            at 10:00:01 founder tick                                                      | fires claims
            balance ana EUR                                                               | 0 0 0 2000000
            s1 confirms solaire 2025-10 through=5 ana=1.00 bea=-1.00                      | PROPOSAL_NOT_FOUND at step 0
            at 11:00 s1 claims solaire 2025-10 number=2 through=12 ana=-1.00 bea=1.00     | accepted
            s2 disputes solaire 2025-10 of=s1 number=2 through=12 ana=-1.00 bea=1.00      | accepted
            at 12:00 founder tick                                                         | fires claims
            s3 confirms solaire 2025-10 of=s1 number=2 through=12 ana=-1.00 bea=1.00      | accepted
            balance ana EUR                                                               | 0 0 0 2000000
            s1 confirms solaire 2025-10 number=2 through=12 ana=-1.00 bea=1.00            | accepted
            balance ana EUR                                                               | 0 1000000 0 2000000
            at 13:00 s1 claims solaire 2025-10 number=3 through=20 ana=-1.00 bea=1.00     | accepted
            s2 disputes solaire 2025-10 of=s1 number=3 through=20 ana=-1.00 bea=1.00      | accepted
            s3 disputes solaire 2025-10 of=s1 number=3 through=20 ana=-1.00 bea=1.00      | accepted
            s1 confirms solaire 2025-10 number=3 through=20 ana=-1.00 bea=1.00            | PROPOSAL_NOT_FOUND at step 0
            at 15:00 founder tick                                                         |
            s1 claims solaire 2025-10 number=3 through=21                                 | accepted
            at 15:30 s1 claims solaire 2025-10 number=3 through=22                        | accepted
            at 16:00 founder tick                                                         |
            s2 disputes solaire 2025-10 of=s1 number=3 through=22                         | accepted
            at 16:30 founder tick                                                         | fires claims
            s2 confirms solaire 2025-10 of=s1 number=3 through=22                         | accepted
            s1 claims solaire 2025-10 number=4 through=30                                 | accepted
            """;

    @Test
    void whoSettlesIsNamedAtTheFounding() {
        AccountScript.holds(
                Parameters.STANDARD, "at 8:00 founder opens s1 | accepted\n" + FOUNDING);
    }

    @Test
    void aDayIsSettledByAQuorumInTwoSteps() {
        AccountScript.holds(Parameters.STANDARD, BEGINNING + DAY);
    }

    @Test
    void aMonthsClaimsWaitForObjections() {
        AccountScript.holds(Parameters.STANDARD, BEGINNING + MONTH);
    }

    /// LE-188: no reason is left out.
    @Test
    void eachReasonOfSettlersHasARow() {
        Set<String> seen = new TreeSet<>();
        Pattern.compile("\\| ([A-Z_]+)")
                .matcher(FOUNDING + DAY + MONTH)
                .results()
                .forEach(reason -> seen.add(reason.group(1)));
        assertThat(seen)
                .containsAll(
                        Stream.of(EnergyRejection.values())
                                .filter(reason -> reason.number() > 24)
                                .filter(reason -> reason != EnergyRejection.TOO_MANY_CLAIMS)
                                .map(EnergyRejection::name)
                                .toList());
    }

    /// LE-182, LE-183: of several proposals the first with its quorum is the day's; the others are
    /// forgotten, and none of a replaced one's attestations count for what replaces it.
    @Test
    void theFirstProposalWithItsQuorumIsTheDay() {
        AccountScript ledger = begun();
        accepted(ledger, "s1 settles solaire 2025-10-01 allocations=a1");
        accepted(ledger, "s2 settles solaire 2025-10-01 allocations=a2");
        accepted(
                ledger,
                "s1 attests solaire 2025-10-01 of=s1; attests solaire 2025-10-01 of=s2"
                        + " allocations=a2");
        accepted(
                ledger,
                "s2 attests solaire 2025-10-01 of=s1; attests solaire 2025-10-01 of=s2"
                        + " allocations=a2");
        accepted(ledger, "s3 attests solaire 2025-10-01 of=s1 on=allocations");
        accepted(ledger, "s1 settles solaire 2025-10-01 allocations=a1 totals=committed");
        assertThat(
                        ledger.run(
                                "s2 attests solaire 2025-10-01 of=s1 on=allocations"
                                        + " totals=committed"))
                .isEqualTo("READINGS_NOT_ATTESTED at step 0");
        accepted(ledger, "s2 attests solaire 2025-10-01 of=s2 on=allocations allocations=a2");
        assertThat(ledger.state().energy().days().size()).isZero();
        accepted(ledger, "s3 attests solaire 2025-10-01 of=s2 on=allocations allocations=a2");
        assertThat(ledger.state().energy().proposals().size()).isZero();
        assertThat(ledger.state().energy().findDay("solaire", java.time.LocalDate.of(2025, 10, 1)))
                .map(SettledDay::allocations)
                .contains(LedgerScript.digest("a2"));
    }

    /// LE-186: what came to break a rule while it waited is dropped, and does not halt the ledger.
    @Test
    void claimsThatCameToBreakARuleAreDropped() {
        AccountScript ledger = settled();
        accepted(ledger, "at 9:00 s1 claims solaire 2025-10 through=5 ana=1.00 bea=-1.00");
        accepted(ledger, "founder founds other clearing=ana");
        assertThat(ledger.run("at 10:00 founder tick")).isEqualTo("fires claims");
        assertThat(ledger.state().energy().openClaims().size()).isZero();
        assertThat(ledger.run("balance bea EUR")).isEqualTo("0 0 0 0");
        accepted(ledger, "s1 claims solaire 2025-10 through=5 cyr=1.00 bea=-1.00");
    }

    /// LE-185: nothing is reserved, and an account may move what it has meanwhile.
    @Test
    void claimsThatWaitHaveATimerAndTouchNoAccount() {
        AccountScript ledger = settled();
        accepted(ledger, "at 9:00 s1 claims solaire 2025-10 through=5 ana=1.00 bea=-1.00");
        OpenClaim open =
                ledger.state().energy().openClaims().stream().findFirst().orElseThrow().value();
        assertThat(open.dueMillis()).isEqualTo(AccountScript.time("10:00"));
        assertThat(ledger.state().timers().findNextMillis()).contains(open.dueMillis());
        assertThat(ledger.state().account().pending().listSums()).isEmpty();
        FullScan.check(ledger.state());
        accepted(ledger, "s1 claims solaire 2025-10 through=6 ana=1.00 bea=-1.00");
        assertThat(ledger.state().timers().size()).isEqualTo(1);
        FullScan.check(ledger.state());
    }

    /// LE-185: of a ledger whose parameters allow more claims, no more wait than a snapshot holds.
    @Test
    void noMoreClaimsWaitThanASnapshotHolds() {
        AccountScript ledger = settled(manyClaims());
        StringBuilder claims = new StringBuilder("s1 claims solaire 2025-10 through=5");
        IntStream.range(0, 16_384).forEach(i -> claims.append(" m%d=0.01".formatted(i)));
        assertThat(ledger.run(claims + " bea=-163.84")).isEqualTo("TOO_MANY_CLAIMS at step 0");
        accepted(ledger, claims.toString().replace(" m0=0.01", "") + " bea=-163.83");
    }

    /// LE-182: whoever closed his account, or signs with too few keys, is no settler.
    @Test
    void aSettlerConsentsAsAnyAccount() {
        AccountScript ledger = begun();
        accepted(ledger, "s1 gives s1 with=k1,k2 threshold=2");
        assertThat(ledger.run("s1 settles solaire 2025-10-01 signed by k1"))
                .isEqualTo("NOT_SIGNED_BY_SETTLER at step 0");
        accepted(ledger, "s1 settles solaire 2025-10-01 signed by k1,k2");
        accepted(ledger, "s2 closes s2");
        assertThat(ledger.run("s2 attests solaire 2025-10-01 of=s1"))
                .isEqualTo("NOT_SIGNED_BY_SETTLER at step 0");
    }

    /// LE-180: version 1 knows no settlers, and its bytes stay what they are.
    @Test
    void versionOneKnowsNoSettlers() {
        LedgerScript first = new LedgerScript();
        assertThat(first.run("founder founds solaire settlers=s1 quorum=1")).isEqualTo("MALFORMED");
        assertThat(first.run("founder founds solaire")).isEqualTo("accepted");
        for (String line :
                List.of(
                        "settler attests solaire 2025-10-01",
                        "settler dissents solaire 2025-10-01",
                        "settler confirms solaire 2025-10",
                        "settler disputes solaire 2025-10")) {
            assertThat(first.run(line)).isEqualTo("MALFORMED");
        }
    }

    /// LE-53: from the events alone comes the same.
    @Test
    void theEventsAloneGiveTheSameRoot() {
        AccountScript ledger = new AccountScript(Parameters.STANDARD);
        StateMachine machine = new StateMachine(ledger.genesis);
        State fromEvents = machine.initialState();
        for (String row : (BEGINNING + MONTH).lines().toList()) {
            if (row.startsWith("balance")) {
                continue;
            }
            for (Event event : ledger.execute(AccountScript.line(row)).events()) {
                fromEvents = machine.apply(fromEvents, event);
            }
            assertThat(fromEvents.root()).as(row).isEqualTo(ledger.state().root());
        }
    }

    /// LE-196: by the time that the settler signed, which is not the block's; a day that was
    /// settled may be corrected whenever it was.
    @Test
    void aDayIsProposedWhenItIsOverAndForFiveYears() {
        AccountScript ledger = begun();
        for (String row :
                List.of(
                        "s1 settles solaire 2026-01-01 end=480 | accepted",
                        "s1 settles solaire 2026-01-01 end=481 | DAY_OUT_OF_REACH at step 0",
                        "s1 settles solaire 2026-01-01 end=481 / expires=8:01 | accepted",
                        "s1 settles solaire 2020-12-28 start=480 | DAY_OUT_OF_REACH at step 0",
                        "s1 settles solaire 2020-12-28 start=481 | accepted",
                        "s1 settles solaire 2020-12-28 start=481 totals=committed / expires=8:02"
                                + " | DAY_OUT_OF_REACH at step 0",
                        "s1 attests solaire 2020-12-28 start=481 | accepted",
                        "s2 attests solaire 2020-12-28 of=s1 start=481;"
                                + " attests solaire 2020-12-28 of=s1 start=481 on=allocations"
                                + " | accepted",
                        "s1 attests solaire 2020-12-28 start=481 on=allocations | accepted",
                        "at 9:00 s1 settles solaire 2020-12-28 supersedes=a1 start=481 | accepted",
                        "s1 settles solaire 2020-12-29 | accepted",
                        "at 40d9:00 s1 settles solaire 2020-12-28 supersedes=a1 | accepted",
                        "s1 settles solaire 2020-12-29 totals=committed"
                                + " | DAY_OUT_OF_REACH at step 0")) {
            int bar = row.indexOf('|');
            assertThat(ledger.run(row.substring(0, bar)))
                    .as(row)
                    .isEqualTo(row.substring(bar + 1).strip());
        }
    }

    private static AccountScript begun() {
        return begun(Parameters.STANDARD);
    }

    private static AccountScript begun(Parameters parameters) {
        AccountScript ledger = new AccountScript(parameters);
        BEGINNING.lines().forEach(row -> accepted(ledger, AccountScript.line(row)));
        return ledger;
    }

    /// With a settled day.
    private static AccountScript settled() {
        return settled(Parameters.STANDARD);
    }

    private static AccountScript settled(Parameters parameters) {
        AccountScript ledger = begun(parameters);
        MONTH.lines().limit(3).forEach(row -> accepted(ledger, AccountScript.line(row)));
        return ledger;
    }

    private static Parameters manyClaims() {
        Parameters standard = Parameters.STANDARD;
        return new Parameters(
                standard.transactionBytes(),
                standard.bundleBytes(),
                standard.bundleTransactions(),
                standard.signatures(),
                20_000,
                standard.crowd(),
                standard.traffic(),
                standard.accounts(),
                standard.origins(),
                standard.localDays());
    }

    private static void accepted(AccountScript ledger, String line) {
        assertThat(ledger.run(line)).as(line).isEqualTo("accepted");
    }
}
