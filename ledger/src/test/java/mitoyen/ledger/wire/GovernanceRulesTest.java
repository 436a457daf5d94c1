package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.governance.GovernanceEvent;
import mitoyen.ledger.governance.GovernanceRejection;
import mitoyen.ledger.governance.GovernanceState;
import mitoyen.ledger.governance.GovernanceState.PowerChange;
import mitoyen.ledger.governance.GovernanceTransaction.SetValidator;
import mitoyen.ledger.governance.Seat;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import org.junit.jupiter.api.Test;

/// LE-173 to LE-178: who changes validators, why not, and what cheating costs.
final class GovernanceRulesTest {
    /// LE-173, LE-175: each reason, by precedence; a line that breaks two rules gets the first.
    private static final String REASONS =
            """
            at 10:00 founder opens ana                                            | accepted
            ana seats v5 power=-1                                                 | NOT_THE_COUNCIL at step 0
            founder seats v5 signed by founder,c1,c2                              | NOT_THE_COUNCIL at step 0
            council seats v5 power=-1 signed by c1                                | NOT_THE_COUNCIL at step 0
            council seats v5 signed by ana                                        | NOT_SIGNED_BY_SENDER
            council seats v5 power=-1 signed by c1,c2                             | POWER_OUT_OF_RANGE at step 0
            council seats v5 power=1099511627777 signed by c1,c2                  | POWER_OUT_OF_RANGE at step 0
            council seats v5 power=0 signed by c1,c3                              | VALIDATOR_NOT_FOUND at step 0
            council seats v5 power=1099511627776 signed by c2,c3                  | accepted
            council seats v5 power=3 called=five signed by c1,c2,c3               | accepted
            council seats v5 power=3 called=five signed by c1,c2                  | accepted
            at 10:01 council seats v5 power=0 signed by c1,c2                     | accepted
            council seats v5 power=0 signed by c1,c2                              | VALIDATOR_NOT_FOUND at step 0
            council seats v2 power=0; seats v3 power=0; seats v4 power=0 signed by c1,c2 | accepted
            council seats v1 power=0 signed by c1,c2                              | LAST_VALIDATOR at step 0
            council seats v2; seats v1 power=0; seats v2 power=0 signed by c1,c2  | LAST_VALIDATOR at step 2
            council gives council with=c4,c5 threshold=2 signed by c1,c2          | accepted
            council seats v2 signed by c4                                         | NOT_THE_COUNCIL at step 0
            council seats v2 signed by c4,c5                                      | accepted
            at 10:02 council closes council signed by c4,c5                       | accepted
            council seats v3 power=-1 signed by c4                                | NOT_THE_COUNCIL at step 0
            council seats v3 power=-1 signed by c4,c5                             | COUNCIL_CLOSED at step 0
            """;

    @Test
    void eachReasonHasItsRowByPrecedence() {
        AccountScript ledger = new AccountScript(SharedLedger.genesis("v1", "v2", "v3", "v4"));
        List<String> rows = REASONS.lines().toList();
        List<String> played = new ArrayList<>();
        for (String row : rows) {
            played.add(AccountScript.answered(row, ledger.run(AccountScript.line(row))));
        }
        assertThat(played).isEqualTo(rows);
        Set<GovernanceRejection> seen =
                rows.stream()
                        .filter(row -> row.endsWith(" at step 0"))
                        .map(row -> row.substring(row.indexOf('|') + 2).split(" ", -1)[0])
                        .map(GovernanceRejection::valueOf)
                        .collect(Collectors.toSet());
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(
                                EnumSet.of(
                                        GovernanceRejection.TOO_MANY_VALIDATORS,
                                        GovernanceRejection.VALIDATOR_BARRED)));
        assertThat(ledger.state().governance().validators())
                .extracting(Validator::name)
                .containsExactlyInAnyOrder("v1", "v2");
    }

    /// LE-175: 128 seats, and none for a 129th; whoever has one may still change.
    @Test
    void thereAreNoMoreSeats() {
        String[] names = IntStream.range(0, 128).mapToObj(i -> "v" + i).toArray(String[]::new);
        AccountScript ledger = new AccountScript(SharedLedger.genesis(names));
        assertThat(ledger.run("council seats v128 signed by c1,c2"))
                .isEqualTo("TOO_MANY_VALIDATORS at step 0");
        assertThat(ledger.run("council seats v127 power=7 signed by c1,c2")).isEqualTo("accepted");
        punish(ledger, SharedLedger.evidence("v127", 3));
        assertThat(ledger.run("council seats v128; seats v127 signed by c1,c2"))
                .isEqualTo("TOO_MANY_VALIDATORS at step 1");
        assertThat(ledger.run("council seats v128 signed by c1,c2")).isEqualTo("accepted");
    }

    /// LE-60, LE-175: a key under which no signature holds is none, also of who leaves.
    @Test
    void aKeyIsAPointOfPrimeOrder() {
        AccountScript ledger = new AccountScript(SharedLedger.genesis("v1"));
        Moment moment = ledger.begin("");
        SignerKey neutral = new SignerKey(ByteString.parseHex("01" + "00".repeat(31)));
        Transaction transaction =
                new Transaction.Version2(
                        ledger.genesis.version(),
                        new TransactionId(ByteString.of(new byte[TransactionId.LENGTH])),
                        ledger.genesis.hash(),
                        LedgerScript.account("council"),
                        0,
                        1,
                        new Transaction.Expiry(moment.height(), moment.timeMillis() + 1),
                        List.of(new Step.Governance(new SetValidator(neutral, 1, ""))));
        SignedTransaction signed =
                SignedTransaction.sign(
                        transaction, LedgerScript.seed("c1"), LedgerScript.seed("c2"));
        byte[] bundle = Bundle.of(List.of(signed)).toBytes();
        assertThat(ledger.answer(ledger.execute(moment, ledger.block(bundle))))
                .isEqualTo("KEY_INVALID");
    }

    /// LE-177: evidence costs the seat, once, for good; the last seat stays.
    @Test
    void whoeverCheatsLosesTheSeatAndDoesNotComeBack() {
        AccountScript ledger = new AccountScript(SharedLedger.genesis("v1", "v2", "v3"));
        Evidence first = SharedLedger.evidence("v1", 3);
        assertThat(punish(ledger, first))
                .containsExactly(new GovernanceEvent.ValidatorPunished(first, 7));
        assertThat(seat(ledger, "v1")).isEqualTo("0 3");
        assertThat(punish(ledger, first))
                .containsExactly(new GovernanceEvent.EvidenceNoted(first, 7));
        Evidence later = SharedLedger.evidence("v1", 5);
        Evidence unknown = SharedLedger.evidence("nobody", 5);
        State before = ledger.state();
        assertThat(punish(ledger, later, unknown))
                .containsExactly(
                        new GovernanceEvent.EvidenceNoted(later, 7),
                        new GovernanceEvent.EvidenceNoted(unknown, 7));
        assertThat(ledger.state().root()).isEqualTo(before.root());
        assertThat(ledger.run("council seats v1 signed by c1,c2"))
                .isEqualTo("VALIDATOR_BARRED at step 0");
        assertThat(ledger.run("council seats v1 power=0 signed by c1,c2"))
                .isEqualTo("VALIDATOR_NOT_FOUND at step 0");
        Evidence second = SharedLedger.evidence("v2", 6);
        Evidence last = SharedLedger.evidence("v3", 6);
        assertThat(punish(ledger, second, last))
                .containsExactly(
                        new GovernanceEvent.ValidatorPunished(second, 7),
                        new GovernanceEvent.LastValidatorAccused(last, 7));
        assertThat(seat(ledger, "v3")).isEqualTo("10 6");
        assertThat(punish(ledger, last))
                .containsExactly(new GovernanceEvent.EvidenceNoted(last, 7));
        assertThat(ledger.run("council seats v3 power=5 signed by c1,c2"))
                .isEqualTo("VALIDATOR_BARRED at step 0");
        assertThat(ledger.run("council seats v4; seats v3 power=0 signed by c1,c2"))
                .isEqualTo("accepted");
        assertThat(seat(ledger, "v3")).isEqualTo("0 6");
        assertThat(ledger.run("council seats v3 signed by c1,c2"))
                .isEqualTo("VALIDATOR_BARRED at step 0");
    }

    /// LE-177: the last validator loses its seat by new evidence once there is another.
    @Test
    void anAccusedValidatorIsPunishedOnceItIsNotTheLast() {
        AccountScript ledger = new AccountScript(SharedLedger.genesis("v1"));
        punish(ledger, SharedLedger.evidence("v1", 3));
        ledger.run("council seats v2 signed by c1,c2");
        Evidence again = SharedLedger.evidence("v1", 9);
        assertThat(punish(ledger, again))
                .containsExactly(new GovernanceEvent.ValidatorPunished(again, 7));
        assertThat(seat(ledger, "v1")).isEqualTo("0 3");
    }

    /// LE-177: evidence comes behind the timers and before the first transaction.
    @Test
    void evidenceComesBeforeTransactions() {
        AccountScript ledger = new AccountScript(SharedLedger.genesis("v1", "v2"));
        Moment moment = ledger.begin("");
        SignedTransaction seating =
                ledger.signed("council seats v1 power=4 signed by c1,c2", moment);
        Draft.Sealed sealed =
                ledger.execute(
                        moment,
                        List.of(
                                SharedLedger.notice(7, SharedLedger.evidence("v1", 2)),
                                Bundle.of(List.of(seating)).toBytes()));
        assertThat(ledger.answer(sealed)).isEqualTo("noticed, VALIDATOR_BARRED at step 0");
    }

    /// LE-178: what the engine is told after each block makes its validators those of the state.
    @Test
    void theChangesSinceABlockMakeTheNewValidatorsOfTheOld() {
        AccountScript ledger = new AccountScript(SharedLedger.genesis("v1", "v2", "v3"));
        GovernanceState before = ledger.state().governance();
        ledger.run(
                "council seats v1 power=0; seats v4 power=4; seats v2 power=20; seats v3 power=10"
                        + " called=other signed by c1,c2");
        assertThat(ledger.state().governance().changesSince(before))
                .containsExactlyInAnyOrder(
                        new PowerChange(AccountLine.key("v1"), 0),
                        new PowerChange(AccountLine.key("v4"), 4),
                        new PowerChange(AccountLine.key("v2"), 20))
                .isSortedAccordingTo(java.util.Comparator.comparing(PowerChange::key));
        assertThat(before.changesSince(before)).isEmpty();
        GovernanceState then = ledger.state().governance();
        punish(ledger, SharedLedger.evidence("v4", 1));
        assertThat(ledger.state().governance().changesSince(then))
                .containsExactly(new PowerChange(AccountLine.key("v4"), 0));
    }

    /// LE-53, LE-177: from the events alone comes the same.
    @Test
    void theEventsAloneGiveTheSameRoot() {
        AccountScript ledger = new AccountScript(SharedLedger.genesis("v1", "v2", "v3", "v4"));
        StateMachine machine = new StateMachine(ledger.genesis);
        State fromEvents = machine.initialState();
        for (String row : REASONS.lines().toList()) {
            for (Event event : ledger.execute(AccountScript.line(row)).events()) {
                fromEvents = machine.apply(fromEvents, event);
            }
            assertThat(fromEvents.root()).as(row).isEqualTo(ledger.state().root());
        }
    }

    private static List<GovernanceEvent> punish(AccountScript ledger, Evidence... evidence) {
        return ledger.execute(List.of(SharedLedger.notice(7, evidence))).events().stream()
                .map(event -> ((Event.Governance) event).event())
                .toList();
    }

    /// A validator's power, and the height of the first evidence against it.
    private static String seat(AccountScript ledger, String name) {
        Seat seat = ledger.state().governance().findSeat(SharedLedger.address(name)).orElseThrow();
        return seat.power() + " " + seat.offence().orElseThrow().evidence().height();
    }
}
