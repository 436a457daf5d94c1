package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.OpenClaim;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.energy.SettlementCodec;
import mitoyen.ledger.energy.SettlerDuty;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-189: settlers who do what is theirs to do next settle the day and the month, also where one
/// lies and nobody asks him twice; and do nothing more then.
final class SettlerDutyTest {
    private static final SortedSet<AccountId> NOBODY = new TreeSet<>();
    private static final LocalDate DAY = LocalDate.of(2025, 10, 1);
    private static final List<String> HONEST = List.of("s1", "s2", "s3");

    private final AccountScript ledger = new AccountScript(Parameters.STANDARD);
    private final Map<String, Integer> numbers = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theHonestSettleWhateverOneSays(long seed) {
        Random random = new Random(seed);
        begin();
        SettleDay right = day("a1");
        SettleDay wrong = day("a9");
        for (int turn = 0; turn < 60; turn++) {
            String who = pick(random, HONEST);
            duty(who).next(right, NOBODY).ifPresent(step -> send(who, step));
            if (random.nextInt(3) == 0) {
                duty("s4").next(wrong, NOBODY).ifPresent(step -> send("s4", step));
            }
        }
        assertThat(ledger.state().energy().findDay("solaire", DAY))
                .map(EnergyState.SettledDay::allocations)
                .contains(LedgerScript.digest("a1"));
        HONEST.forEach(who -> assertThat(duty(who).next(right, NOBODY)).isEmpty());
        ClaimMonth rightClaim = claim("ana=1.00 bea=-1.00");
        ClaimMonth wrongClaim = claim("ana=1.00 bea=-2.00 s4=1.00");
        for (int turn = 0; turn < 60; turn++) {
            String who = pick(random, HONEST);
            duty(who).next(rightClaim, NOBODY).ifPresent(step -> send(who, step));
            if (random.nextInt(3) == 0) {
                duty("s4").next(wrongClaim, NOBODY).ifPresent(step -> send("s4", step));
            }
        }
        ledger.run("at 1d23:00 founder tick");
        assertThat(ledger.run("balance ana EUR")).isEqualTo("0 0 0 1000000");
        assertThat(ledger.run("balance s4 EUR")).isEqualTo("0 0 0 0");
        assertThat(ledger.state().energy().openClaims().size()).isZero();
        HONEST.forEach(who -> assertThat(duty(who).next(rightClaim, NOBODY)).isEmpty());
    }

    /// In order: propose, attest the readings, wait, attest the allocations, dissent.
    @Test
    void whatComesNext() {
        begin();
        SettleDay own = day("a1");
        assertThat(duty("s1").next(own, NOBODY)).contains(own);
        assertThat(duty("nobody").next(own, NOBODY)).isEmpty();
        send("s1", own);
        Digest digest = SettlementCodec.digest(own);
        assertThat(duty("s2").next(own, NOBODY))
                .contains(attest("s1", digest, SettledRoot.READINGS));
        send("s1", attest("s1", digest, SettledRoot.READINGS));
        assertThat(duty("s1").next(own, NOBODY)).isEmpty();
        send("s2", attest("s1", digest, SettledRoot.READINGS));
        send("s3", attest("s1", digest, SettledRoot.READINGS));
        assertThat(duty("s1").next(own, NOBODY))
                .contains(attest("s1", digest, SettledRoot.ALLOCATIONS));
        send("s1", attest("s1", digest, SettledRoot.ALLOCATIONS));
        assertThat(duty("s1").next(own, NOBODY)).isEmpty();
        SettleDay other = day("a9");
        send("s4", other);
        assertThat(duty("s1").next(own, NOBODY))
                .contains(
                        new DissentDay(
                                "solaire",
                                DAY,
                                LedgerScript.account("s4"),
                                SettlementCodec.digest(other),
                                SettledRoot.ALLOCATIONS,
                                own.allocations(),
                                OptionalInt.empty()));
        send("s1", duty("s1").next(own, NOBODY).orElseThrow());
        assertThat(duty("s1").next(own, NOBODY)).isEmpty();
    }

    /// Each proposal that differs may be dissented from once, whatever is next; claims that would
    /// not be made yet are objected to.
    @Test
    void whatIsToBeSaidAgainstOthersIsListed() {
        begin();
        SettleDay own = day("a1");
        assertThat(duty("s1").listDissents(own)).isEmpty();
        send("s2", day("a8"));
        send("s3", own);
        send("s4", day("a9"));
        assertThat(duty("s1").listDissents(own)).hasSize(2);
        assertThat(duty("nobody").listDissents(own)).isEmpty();
        send("s1", duty("s1").listDissents(own).getFirst());
        assertThat(duty("s1").listDissents(own))
                .singleElement()
                .isInstanceOfSatisfying(
                        DissentDay.class,
                        dissent ->
                                assertThat(dissent.proposer())
                                        .isIn(
                                                LedgerScript.account("s2"),
                                                LedgerScript.account("s4")));
        for (int turn = 0; turn < 12; turn++) {
            for (String who : List.of("s1", "s3", "s4")) {
                duty(who).next(own, NOBODY).ifPresent(step -> send(who, step));
            }
        }
        send("s2", claim("ana=1.00 bea=-1.00"));
        OpenClaim open =
                ledger.state()
                        .energy()
                        .findOpenClaim("solaire", "2025-10", LedgerScript.account("s2"))
                        .orElseThrow();
        ClaimMonth nothing = claim("");
        assertThat(duty("s1").object(open, nothing)).containsInstanceOf(ObjectClaim.class);
        send("s1", duty("s1").object(open, nothing).orElseThrow());
        OpenClaim objected =
                ledger.state()
                        .energy()
                        .findOpenClaim("solaire", "2025-10", LedgerScript.account("s2"))
                        .orElseThrow();
        assertThat(duty("s1").object(objected, nothing)).isEmpty();
    }

    /// The first claim that differs is named; one more is a difference as well.
    @Test
    void anObjectionNamesWhereClaimsDiffer() {
        begin();
        SettleDay day = day("a1");
        for (int turn = 0; turn < 12; turn++) {
            for (String who : HONEST) {
                duty(who).next(day, NOBODY).ifPresent(step -> send(who, step));
            }
        }
        ClaimMonth own = claim("ana=1.00 bea=-1.00");
        assertThat(duty("s1").next(own, NOBODY)).contains(own);
        send("s1", own);
        Digest digest = SettlementCodec.digest(own);
        assertThat(duty("s1").next(own, NOBODY))
                .contains(
                        new AttestClaim("solaire", "2025-10", LedgerScript.account("s1"), digest));
        send("s1", duty("s1").next(own, NOBODY).orElseThrow());
        for (String words : List.of("ana=2.00 bea=-2.00", "ana=1.00 bea=-1.50 cyr=0.50", "")) {
            ClaimMonth other = claim(words);
            send("s4", other);
            int index = Arrays.mismatch(own.claims().toArray(), other.claims().toArray());
            assertThat(duty("s1").next(own, NOBODY))
                    .contains(
                            new ObjectClaim(
                                    "solaire",
                                    "2025-10",
                                    LedgerScript.account("s4"),
                                    SettlementCodec.digest(other),
                                    digest,
                                    OptionalInt.of(index)));
        }
        send("s1", duty("s1").next(own, NOBODY).orElseThrow());
        assertThat(duty("s1").next(own, NOBODY)).isEmpty();
    }

    private void begin() {
        for (String line :
                List.of(
                        "at 1d8:00 founder opens s1; opens s2; opens s3; opens s4",
                        "founder founds solaire settlers=s1,s2,s3,s4 quorum=3 objection=3600000")) {
            assertThat(ledger.run(line)).isEqualTo("accepted");
        }
    }

    private SettlerDuty duty(String who) {
        return new SettlerDuty(ledger.state().energy(), LedgerScript.account(who));
    }

    private void send(String who, EnergyTransaction step) {
        Moment moment = ledger.begin("");
        int number = numbers.merge(who, 1, Integer::sum);
        byte[] id = Sha256.of((who + number).getBytes(StandardCharsets.UTF_8)).toBytes();
        Transaction transaction =
                new Transaction.Version2(
                        ledger.genesis.version(),
                        new TransactionId(ByteString.of(id, 0, TransactionId.LENGTH)),
                        ledger.genesis.hash(),
                        LedgerScript.account(who),
                        1,
                        number,
                        new Transaction.Expiry(moment.height(), moment.timeMillis() + 1),
                        List.of(new Step.Energy(step)));
        SignedTransaction signed = SignedTransaction.sign(transaction, LedgerScript.seed(who));
        byte[] bundle = Bundle.of(List.of(signed)).toBytes();
        assertThat(ledger.answer(ledger.execute(moment, List.of(bundle))))
                .as("%s: %s", who, step)
                .isEqualTo("accepted");
    }

    private static EnergyTransaction attest(String proposer, Digest digest, SettledRoot kind) {
        return new AttestDay("solaire", DAY, LedgerScript.account(proposer), digest, kind);
    }

    private static SettleDay day(String allocations) {
        return (SettleDay)
                LedgerScript.transaction(
                        "x settles solaire " + DAY + " allocations=" + allocations);
    }

    private static ClaimMonth claim(String words) {
        return (ClaimMonth) LedgerScript.transaction("x claims solaire 2025-10 through=3 " + words);
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
