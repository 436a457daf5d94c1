package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.machine.TransactionRejection;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import org.junit.jupiter.api.Test;

/// What is refused whatever it asks for, and what a refusal leaves behind (LE-90 to LE-99); what
/// happens by itself (LE-96).
final class TransactionRulesTest {
    /// LE-95: each reason that needs the state, by precedence; a line that breaks two rules gets
    /// the first.
    private static final String REASONS =
            """
            at 10:00 founder opens ana; opens bea; creates TOKEN                            | accepted
            at 10:01 founder mints 5 TOKEN to ana / id=one lane=1                           | accepted
            ana transfers 9 TOKEN to bea / id=two                                           | FUNDS_INSUFFICIENT at step 0
            nobody transfers 1 TOKEN to ana signed by nobody / id=one sender=founder height=1 | ID_TAKEN
            ana transfers 1 TOKEN to bea / id=two height=1                                  | ID_TAKEN
            nobody transfers 1 TOKEN to ana / expires=10:00 height=999                      | EXPIRED
            nobody transfers 1 TOKEN to ana / height=1                                      | EXPIRED
            nobody transfers 1 TOKEN to ana / expires=11:01:01                              | EXPIRY_TOO_FAR
            nobody transfers 1 TOKEN to ana / height=110                                    | EXPIRY_TOO_FAR
            nobody transfers 1 TOKEN to ana / expires=11:00 number=1767265200001            | NUMBER_TOO_FAR
            nobody transfers 1 TOKEN to ana signed by ana                                   | SENDER_UNKNOWN
            ana transfers 1 TOKEN to bea signed by bea / number=0                           | NOT_SIGNED_BY_SENDER
            ana transfers 1 TOKEN to bea signed by nobody                                   | NOT_SIGNED_BY_SENDER
            at 10:02 ana transfers 1 TOKEN to bea / lane=1 number=7                         | accepted
            ana transfers 1 TOKEN to bea / lane=1 number=7                                  | LANE_PASSED
            ana transfers 1 TOKEN to bea / lane=1 number=6                                  | LANE_PASSED
            ana transfers 1 TOKEN to bea / lane=2 number=0                                  | TOO_MANY_LANES
            ana transfers 1 TOKEN to bea / lane=1 expires=11:00 number=1767265200000        | accepted
            ana transfers 1 TOKEN to bea / lane=1 expires=11:00 number=1767265200000        | LANE_PASSED
            ana activates signed by bea                                                     | NOT_SIGNED_BY_FOUNDER
            ana activates version=2 signed by founder / id=one                              | ACTIVATION_OUT_OF_ORDER
            ana activates version=4 from=9999 signed by founder / height=1                  | EXPIRED
            ana activates version=4 from=9999 signed by founder                             | ACTIVATION_OUT_OF_ORDER
            ana transfers 1 TOKEN to bea; activates signed by ana,founder                   | ACTIVATION_OUT_OF_ORDER at step 1
            balance ana TOKEN                                                               | 0 2 0 5
            """;

    @Test
    void eachReasonHasItsRowByPrecedence() {
        AccountScript ledger = new AccountScript(AccountScript.SMALL);
        Set<TransactionRejection> seen = EnumSet.noneOf(TransactionRejection.class);
        List<String> rows = REASONS.lines().toList();
        List<String> played = new ArrayList<>();
        for (String row : rows) {
            Digest before = ledger.state().root();
            String answer = ledger.run(AccountScript.line(row));
            played.add(AccountScript.answered(row, answer));
            if (answer.matches("[A-Z_]+")) {
                seen.add(TransactionRejection.valueOf(answer));
                assertThat(ledger.state().root()).as(row).isEqualTo(before);
            }
        }
        assertThat(played).isEqualTo(rows);
        assertThat(seen)
                .isEqualTo(
                        EnumSet.complementOf(
                                EnumSet.of(
                                        TransactionRejection.BUNDLE_MALFORMED,
                                        TransactionRejection.TOO_LARGE,
                                        TransactionRejection.MALFORMED,
                                        TransactionRejection.FOR_ANOTHER_LEDGER,
                                        TransactionRejection.FOR_ANOTHER_VERSION,
                                        TransactionRejection.KEY_INVALID,
                                        TransactionRejection.SIGNATURE_INVALID,
                                        TransactionRejection.ID_BURNT,
                                        TransactionRejection.BUCKET_FULL)));
    }

    /// LE-92: whoever stole a device's key is overtaken, and his key taken back.
    @Test
    void aKeyThatMayOnlySendUsesUpNoLane() {
        AccountScript.holds(
                AccountScript.SMALL,
                """
                at 9:00 founder opens ana; opens bea; creates TOKEN                              | accepted
                ana delegates car assets=TOKEN:1 until=2d9:00                                    | accepted
                at 10:00 ana transfers 9 TOKEN to bea signed by car / number=9223372036854775807 | NUMBER_TOO_FAR
                ana transfers 9 TOKEN to bea signed by car / expires=11:00 number=1767265200000  | DELEGATION_EXHAUSTED at step 0
                at 10:00:01 ana revokes car / expires=11:00:01 number=1767265200001              | accepted
                """);
    }

    /// LE-91: whoever lost the answer sends again; what was refused is sent under another id.
    @Test
    void theSameContentExistsOrIsBurnt() {
        AccountScript ledger = new AccountScript(AccountScript.SMALL);
        ledger.run("founder opens ana; opens bea; creates TOKEN");
        SignedTransaction mint = ledger.signed("founder mints 5 TOKEN to ana", ledger.begin(""));
        SignedTransaction move = ledger.signed("ana transfers 9 TOKEN to bea", ledger.begin(""));
        ledger = new AccountScript(AccountScript.SMALL);
        ledger.run("founder opens ana; opens bea; creates TOKEN");
        List<byte[]> both = List.of(Bundle.of(List.of(mint, mint)).toBytes());
        assertThat(ledger.answer(ledger.execute(both))).isEqualTo("accepted, exists");
        List<byte[]> twice = List.of(Bundle.of(List.of(move, move)).toBytes());
        State before = ledger.state();
        assertThat(ledger.answer(ledger.execute(twice)))
                .isEqualTo("FUNDS_INSUFFICIENT at step 0, ID_BURNT");
        assertThat(ledger.state().accounts().root()).isEqualTo(before.accounts().root());
        assertThat(ledger.state().traffic().idsRoot()).isNotEqualTo(before.traffic().idsRoot());
    }

    /// LE-93: a bucket of 40 steps that leaks one a second, full of what was refused as well.
    @Test
    void aBucketFillsAndLeaks() {
        String four = "transfers 1 EUR to bea; ".repeat(3) + "transfers 1 EUR to bea";
        AccountScript ledger = new AccountScript(AccountScript.SMALL);
        ledger.run("founder opens ana; opens bea");
        for (int i = 0; i < 10; i++) {
            assertThat(ledger.run("ana " + four)).isEqualTo("AMOUNT_NOT_WHOLE at step 0");
        }
        assertThat(ledger.run("ana transfers 1 EUR to bea")).isEqualTo("BUCKET_FULL");
        assertThat(ledger.run("bea transfers 1 EUR to ana"))
                .isEqualTo("AMOUNT_NOT_WHOLE at step 0");
        assertThat(ledger.run("at 0:00:02 ana transfers 1 EUR to bea; transfers 1 EUR to bea"))
                .isEqualTo("BUCKET_FULL");
        assertThat(ledger.run("ana transfers 1 EUR to bea"))
                .isEqualTo("AMOUNT_NOT_WHOLE at step 0");
        assertThat(ledger.run("at 0:01 ana " + four)).isEqualTo("AMOUNT_NOT_WHOLE at step 0");
    }

    /// LE-94: ids are forgotten by windows once all in it expired, and not before.
    @Test
    void anIdIsRememberedUntilItsTransactionCannotComeAgain() {
        AccountScript ledger = new AccountScript(AccountScript.SMALL);
        ledger.run("at 10:30 founder opens ana / expires=11:30 height=90 id=one");
        Digest remembered = ledger.state().traffic().idsRoot();
        assertThat(ledger.run("at 11:59 ana opens bea / sender=founder id=one"))
                .isEqualTo("ID_TAKEN");
        assertThat(ledger.state().traffic().idsRoot()).isEqualTo(remembered);
        Draft.Sealed sealed = ledger.execute("at 12:00 founder tick");
        assertThat(sealed.outcomes()).isEmpty();
        assertThat(sealed.events()).hasSize(1).first().isInstanceOf(Event.IdsForgotten.class);
        assertThat(ledger.state().traffic().idsRoot()).isNotEqualTo(remembered);
        Digest root = ledger.state().root();
        assertThat(ledger.execute("founder tick").events()).isEmpty();
        assertThat(ledger.state().root()).isEqualTo(root);
    }

    /// LE-96: by time, then by kind and by whom they are about; three a block; an empty bundle will
    /// do, a block without one will not.
    @Test
    void timersFireInOrderAndFewAtATime() {
        AccountScript ledger = new AccountScript(AccountScript.SMALL);
        ledger.run("founder opens ana; opens bea; creates TOKEN owing=99");
        ledger.run("bea guards bea by=ana delay=3600000");
        ledger.run("at 9:00 ana recovers bea with=bea2");
        ledger.run("ana reserves 1 TOKEN to bea until=9:30 as c; voids c");
        ledger.run(
                "bea reserves 1 TOKEN to ana until=10:00 as b; reserves 1 TOKEN to ana until=9:59"
                        + " as a");
        ledger.run("founder reserves 1 TOKEN to ana until=10:01 as d signed by founder");
        assertThat(ledger.state().timers().size()).isEqualTo(4);
        State before = ledger.state();
        Draft.Sealed empty =
                new BlockExecution(ledger.genesis)
                        .execute(before, ledger.begin("at 10:05 founder tick"), List.of());
        assertThat(empty.stateRoot()).isEqualTo(before.root());
        assertThat(empty.outcomes()).isEmpty();
        assertThat(ledger.run("ana posts d"))
                .isEqualTo("fires a, fires b, fires recovery, PENDING_NOT_FOUND at step 0");
        assertThat(ledger.run("founder tick")).isEqualTo("fires d");
        assertThat(ledger.run("founder tick")).isEmpty();
        assertThat(ledger.state().timers().findNextMillis()).isEmpty();
        assertThat(ledger.state().account().pending().listSums()).isEmpty();
    }

    /// LE-53 and LE-97: from the events alone comes the same, also of what has no receipt.
    @Test
    void theEventsAloneGiveTheSameRoot() {
        AccountScript ledger = new AccountScript(AccountScript.SMALL);
        StateMachine machine = new StateMachine(ledger.genesis);
        State fromEvents = machine.initialState();
        for (String row : (REASONS + "at 5d10:00 founder tick|").lines().toList()) {
            String line = AccountScript.line(row);
            if (line.startsWith("balance")) {
                continue;
            }
            for (Event event : ledger.execute(line).events()) {
                fromEvents = machine.apply(fromEvents, event);
            }
            assertThat(fromEvents.root()).as(row).isEqualTo(ledger.state().root());
        }
    }

    /// LE-95, LE-98: a transaction of the first form is none under later versions, whatever number
    /// it bears.
    @Test
    void theFirstFormIsGone() {
        AccountScript ledger = new AccountScript(AccountScript.SMALL);
        for (int version = 1; version <= 4; version++) {
            Transaction old =
                    new Transaction.Version1(
                            new TransactionId(ByteString.of(new byte[16])),
                            ledger.genesis.hash(),
                            version,
                            new Step.Energy(LedgerScript.transaction("x founds solaire")));
            SignedTransaction signed = SignedTransaction.sign(old, LedgerScript.seed("founder"));
            String answer =
                    ledger.answer(ledger.execute(List.of(Bundle.of(List.of(signed)).toBytes())));
            assertThat(answer)
                    .isEqualTo(version == 2 || version == 3 ? "MALFORMED" : "FOR_ANOTHER_VERSION");
            Draft draft =
                    new BlockExecution(ledger.genesis).draft(ledger.state(), ledger.begin(""));
            draft.execute(Sha256.of(), AccountScript.verified(old, List.of("founder")));
            assertThat(ledger.answer(draft.seal())).isEqualTo("FOR_ANOTHER_VERSION");
        }
    }

    /// LE-153: nobody but a claim moves anything on a clearing account, and no claim is made on an
    /// issuance account: either would halt the ledger.
    @Test
    void accountsAndClaimsLeaveEachOtherAlone() {
        AccountScript.holds(
                AccountScript.SMALL,
                """
                founder opens ana; opens bea; creates TOKEN owing=99                           | accepted
                ana reserves 10000 EUR to bea as a; founds solaire clearing=ana signed by ana,founder | CLEARING_IN_USE at step 1
                founder founds solaire clearing=issuance/EUR                                   | CLEARING_IN_USE at step 0
                founder founds solaire clearing=ana                                            | accepted
                at 0:01 founder settles solaire 2025-10-01 signed by founder,settler           | accepted
                bea transfers 10000 EUR to ana                                                 | ACCOUNT_NOT_FOUND at step 0
                bea transfers 0 EUR to ana                                                     | AMOUNT_NOT_POSITIVE at step 0
                ana transfers 1000000000000 EUR to bea                                         | ACCOUNT_NOT_FOUND at step 0
                bea reserves 10000 EUR to ana                                                  | ACCOUNT_NOT_FOUND at step 0
                founder mints 1 TOKEN to ana                                                   | ACCOUNT_NOT_FOUND at step 0
                founder claims solaire 2025-10 through=1 cyr=1.00 issuance/EUR=-1.00 signed by founder,settler | ACCOUNT_NOT_FOUND at step 0
                founder claims solaire 2025-10 through=1 cyr=1.00 bea=-300.00 dan=299.00 signed by founder,settler | accepted
                at 0:02 bea transfers 10000 EUR to dan                                         | ACCOUNT_NOT_FOUND at step 0
                bea transfers 10000 EUR to founder                                             | FUNDS_INSUFFICIENT at step 0
                founder transfers 10000 EUR to bea; claims solaire 2025-10 number=2 through=5 founder=-300.00 bea=300.00 signed by founder,settler | accepted
                founder founds issued clearing=issuance/NEXT                                   | accepted
                founder creates NEXT                                                           | ASSET_EXISTS at step 0
                at 0:03 founder gives founder with=other                                       | accepted
                founder founds lunaire clearing=moon signed by founder,other                   | accepted
                founder founds third clearing=third signed by founder                          | NOT_SIGNED_BY_SENDER
                bea founds third clearing=third signed by bea,founder                          | NOT_SIGNED_BY_FOUNDER at step 0
                bea founds third clearing=third signed by bea,other                            | accepted
                balance bea EUR                                                                | 0 300000000 0 300010000
                """);
    }
}
