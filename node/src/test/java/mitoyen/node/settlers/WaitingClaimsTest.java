package mitoyen.node.settlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.OpenClaim;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.running.CommittedBlock.Outcome;
import mitoyen.node.settlement.SummaryAnchor;
import mitoyen.node.verify.DoesNotHold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// LE-38, LE-185: claims are of what was settled through the block that they name, whatever is
/// settled while they wait, and are held against that when they are verified.
class WaitingClaimsTest {
    private static final String MONTH = "2025-06";
    private static final LocalDate FIRST = LocalDate.of(2025, 6, 28);
    private static final LocalDate NEXT = LocalDate.of(2025, 6, 29);
    private static final LocalDate LAST = LocalDate.of(2025, 6, 30);

    @TempDir private Path folder;

    @Test
    void holdWhereADayBeforeIsSettledMeanwhile() throws Exception {
        try (SettlersRound round = begin()) {
            give(round, LAST, "1.5", false);
            awaitClaims(round);
            give(round, FIRST, "1.5", false);
            round.await(FIRST + " is settled", () -> isSettled(round, FIRST));
            post(round, 1);
            // A correction brings along what no claim covered.
            give(round, LAST, "0.5", true);
            awaitClaims(round);
            post(round, 2);
        }
        assertVerified();
    }

    @Test
    void holdWhereADayOfTheirsIsSettledAnewMeanwhile() throws Exception {
        try (SettlersRound round = begin()) {
            give(round, LAST, "1.5", false);
            awaitClaims(round);
            var before = round.energy().findDay("rue", LAST);
            give(round, LAST, "0.5", true);
            round.await(
                    LAST + " is settled anew",
                    () -> !round.energy().findDay("rue", LAST).equals(before));
            post(round, 1);
            awaitClaims(round);
            post(round, 2);
        }
        assertVerified();
    }

    /// Settler 4 comes once they are made, and has the readings of the correction alone.
    @Test
    void areNamedByVerifyWhereTheyCannotBeDoneAgain() throws Exception {
        try (SettlersRound round = begin()) {
            give(round, LAST, "1.5", false);
            awaitClaims(round);
            post(round, 1);
            round.start(4);
            for (int settler = 1; settler <= 4; settler++) {
                round.give(settler, InboxFolder.readings(LAST.toString(), "0.5"), true);
            }
            awaitClaims(round);
            post(round, 2);
            round.await("settler 4 has documents", () -> hasDocuments(4));
        }
        assertThat(SettlersRound.verified(folder, 4))
                .containsPattern(
                        """
                        unchecked=2
                        not recomputed: 2025-06-30 as block (\\d+) settled it: the vault lacks .*
                        not recomputed: claim 1 for 2025-06: it covers 2025-06-30 as block \\1 settled it$\
                        """);
    }

    /// Claims that nobody objects to, of two days that were settled one after the other.
    @ParameterizedTest
    @CsvSource({"1, 1, true", "1, 2, false", "2, 1, false", "2, 2, true"})
    void areHeldAgainstTheDaysThroughTheBlockThatTheyName(int named, int claimed, boolean holds)
            throws Exception {
        try (SettlersRound round = begin()) {
            for (LocalDate day : List.of(FIRST, NEXT)) {
                give(round, day, "1.5", false);
                round.await(day + " is settled", () -> isSettled(round, day));
            }
            round.await("settler 1 knows", () -> days(round) == 2);
            ClaimMonth right = claim(round, claimed == 1 ? FIRST : NEXT);
            ClaimMonth said =
                    new ClaimMonth(
                            right.community(),
                            MONTH,
                            1,
                            claim(round, named == 1 ? FIRST : NEXT).through(),
                            right.claims());
            for (int settler = 1; settler <= 3; settler++) {
                round.stop(settler);
            }
            assertThat(round.say(1, said)).isEqualTo(new Outcome.Accepted());
            post(round, 1);
        }
        if (holds) {
            assertThat(SettlersRound.verified(folder, 1)).contains("settlements=recomputed");
        } else {
            assertThatThrownBy(() -> SettlersRound.verified(folder, 1))
                    .isInstanceOf(DoesNotHold.class)
                    .hasMessageContaining("come to other amounts");
        }
    }

    /// Three settlers of four, who are a quorum.
    private SettlersRound begin() throws Exception {
        SettlersRound round = new SettlersRound(folder);
        for (int settler = 1; settler <= 3; settler++) {
            round.start(settler);
        }
        return round;
    }

    private static void give(SettlersRound round, LocalDate day, String kwh, boolean correct)
            throws Exception {
        for (int settler = 1; settler <= 3; settler++) {
            round.give(settler, InboxFolder.readings(day.toString(), kwh), correct);
        }
    }

    private static boolean isSettled(SettlersRound round, LocalDate day) {
        return round.energy().findDay("rue", day).isPresent();
    }

    private static int days(SettlersRound round) throws IOException {
        return round.at(1, (ledger, _) -> ledger.index().days().size());
    }

    /// What settler 1 would claim of all that was settled until a day was.
    private static ClaimMonth claim(SettlersRound round, LocalDate day) throws IOException {
        return round.at(
                        1,
                        (ledger, vault) -> {
                            long through = ledger.index().findSettled(day).orElseThrow().height();
                            return vault.claim(vault.claimsThrough(through), MONTH);
                        })
                .orElseThrow();
    }

    private static void awaitClaims(SettlersRound round) throws Exception {
        round.await(
                "all three attested the same",
                () -> open(round).stream().anyMatch(each -> each.attested().size() >= 3));
    }

    private static List<OpenClaim> open(SettlersRound round) {
        return round.energy()
                .listOpenClaims(round.energy().findCommunity("rue").orElseThrow(), MONTH);
    }

    /// Lets the wait be over.
    private static void post(SettlersRound round, int number) throws Exception {
        round.pass(2);
        round.await(
                "the claims are made",
                () -> round.energy().findMonth("rue", MONTH).orElseThrow().number() == number);
    }

    private boolean hasDocuments(int settler) throws IOException {
        return SummaryAnchor.find(folder.resolve("settler" + settler)).isPresent();
    }

    private void assertVerified() throws IOException {
        for (int settler = 1; settler <= 3; settler++) {
            assertThat(SettlersRound.verified(folder, settler)).contains("settlements=recomputed");
        }
    }
}
