package mitoyen.node.settlers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.DayProposal;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.OpenClaim;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Money;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.running.CommittedBlock.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// LE-189: whoever replaces his own right proposal, or claims, again and again holds nobody up: the
/// others propose beside him. Each time he puts the wrong and the right in one transaction, so that
/// nobody ever sees that the right one was gone.
class TakenBackTest {
    private static final LocalDate DAY = LocalDate.of(2025, 6, 30);
    private static final String READINGS = InboxFolder.readings(DAY.toString(), "1.5");
    private static final String MONTH = "2025-06";

    @TempDir private Path folder;

    @Test
    void theOthersProposeBesideWhoReplacesHisOwn() throws Exception {
        try (SettlersRound round = new SettlersRound(folder)) {
            for (int settler : List.of(1, 2)) {
                round.start(settler);
                round.give(settler, READINGS, false);
            }
            round.await("two attest, and a third lacks", () -> findAttested(round).isPresent());
            DayProposal first = findAttested(round).orElseThrow();
            int liar = SettlersRound.number(first.proposer());
            round.stop(liar);
            assertThat(replace(round, liar, first.settlement())).isEqualTo(new Outcome.Accepted());
            round.await(
                    "the other proposes the same",
                    () -> countOf(round, first.settlement(), liar) == 1);

            for (int settler : List.of(3, 4)) {
                round.start(settler);
                round.give(settler, READINGS, false);
                assertThat(replace(round, liar, first.settlement()))
                        .as("unless the others were faster")
                        .matches(outcome ->
                                outcome instanceof Outcome.Accepted || isSettledAlready(outcome));
            }
            round.await("it is settled", () -> round.energy().findDay("rue", DAY).isPresent());
            claims(round);
        }
    }

    private static void claims(SettlersRound round) throws Exception {
        round.await("somebody claims", () -> findClaim(round).isPresent());
        OpenClaim first = findClaim(round).orElseThrow();
        int liar = SettlersRound.number(first.proposer());
        round.stop(liar);
        round.await(
                "another attests it",
                () ->
                        findClaim(round).orElseThrow().attested().stream()
                                .anyMatch(each -> !each.equals(first.proposer())));
        replace(round, liar, first.claim());
        round.await(
                "another claims the same",
                () ->
                        claimsOf(round).stream()
                                .anyMatch(open ->
                                        open.claim().equals(first.claim())
                                                && !open.proposer().equals(first.proposer())));
        replace(round, liar, first.claim());
        round.pass(2);
        assertThat(round.energy().findMonth("rue", MONTH).orElseThrow().number()).isEqualTo(1);
    }

    /// LE-189: what claims nothing before anything is due is objected to like all else.
    @Test
    void emptyClaimsBeforeTheirTimeAreObjectedTo() throws Exception {
        try (SettlersRound round = new SettlersRound(folder)) {
            for (int settler : List.of(1, 2, 3)) {
                round.start(settler);
                round.give(settler, READINGS, false);
            }
            round.await("June is claimed", () -> findClaim(round).isPresent());
            round.pass(2);
            assertThat(round.energy().findMonth("rue", MONTH).orElseThrow().number()).isEqualTo(1);
            long through = round.last().height();
            assertThat(round.say(4, new ClaimMonth("rue", MONTH, 2, through, List.of())))
                    .isEqualTo(new Outcome.Accepted());
            round.await("too many object", () -> claimsOf(round).isEmpty());
            round.pass(2);
            assertThat(round.energy().findMonth("rue", MONTH).orElseThrow().number()).isEqualTo(1);
        }
    }

    @Test
    void whatStandsOrIsAttestedIsNotTakenBack() {
        AccountId ana = SettlersRound.account(1);
        AccountId bea = SettlersRound.account(2);
        TakenBack takenBack = new TakenBack();
        assertThat(takenBack.look("day", marks(ana, 0))).isFalse();
        assertThat(takenBack.look("day", marks(ana, 1))).isFalse();
        assertThat(takenBack.look("day", marks(ana, 1))).isFalse();
        assertThat(takenBack.look("day", marks(ana, 0))).as("said, and forgotten").isTrue();
        assertThat(takenBack.of("day")).containsExactly(ana);
        assertThat(takenBack.of("another")).isEmpty();
        assertThat(takenBack.look("day", marks(ana, 1))).as("known already").isFalse();

        assertThat(takenBack.look("month", marks(bea, 500))).isFalse();
        assertThat(takenBack.look("month", marks(bea, 900))).as("waits anew").isTrue();
        assertThat(takenBack.look("other", marks(bea, 500))).isFalse();
        assertThat(takenBack.look("other", new TreeMap<>())).as("gone").isTrue();
    }

    private static SortedMap<AccountId, Long> marks(AccountId proposer, long mark) {
        SortedMap<AccountId, Long> marks = new TreeMap<>();
        marks.put(proposer, mark);
        return marks;
    }

    private static boolean isSettledAlready(Outcome outcome) {
        return outcome instanceof Outcome.Rejected rejected
                && rejected.refusal().name().equals("DAY_ALREADY_SETTLED");
    }

    private static Outcome replace(SettlersRound round, int liar, SettleDay right)
            throws Exception {
        SettleDay wrong =
                new SettleDay(
                        right.community(),
                        right.day(),
                        right.startMillis(),
                        right.endMillis(),
                        right.intervals(),
                        right.supersedes(),
                        Sha256.of(new byte[1]),
                        right.allocations(),
                        right.terms(),
                        right.totals());
        return round.say(liar, wrong, right);
    }

    private static void replace(SettlersRound round, int liar, ClaimMonth right) throws Exception {
        AccountId account = round.energy().findCommunity("rue").orElseThrow().communityAccount();
        List<Claim> nonsense =
                new ArrayList<>(
                        List.of(
                                new Claim(account, new Money(7_000_000)),
                                new Claim(SettlersRound.account(liar), new Money(-7_000_000))));
        nonsense.sort(Comparator.comparing(Claim::account));
        ClaimMonth wrong =
                new ClaimMonth(
                        right.community(),
                        right.month(),
                        right.number(),
                        right.through(),
                        nonsense);
        assertThat(round.say(liar, wrong, right)).isEqualTo(new Outcome.Accepted());
    }

    private static Optional<DayProposal> findAttested(SettlersRound round) {
        return proposals(round).stream()
                .filter(each -> each.attested(SettledRoot.READINGS).size() == 2)
                .findFirst();
    }

    private static long countOf(SettlersRound round, SettleDay right, int liar) {
        return proposals(round).stream()
                .filter(each -> each.settlement().equals(right))
                .filter(each -> !each.proposer().equals(SettlersRound.account(liar)))
                .count();
    }

    private static List<DayProposal> proposals(SettlersRound round) {
        EnergyState energy = round.energy();
        return energy.listProposals(energy.findCommunity("rue").orElseThrow(), DAY);
    }

    private static Optional<OpenClaim> findClaim(SettlersRound round) {
        return claimsOf(round).stream().findFirst();
    }

    private static List<OpenClaim> claimsOf(SettlersRound round) {
        EnergyState energy = round.energy();
        return energy.listOpenClaims(energy.findCommunity("rue").orElseThrow(), MONTH);
    }
}
