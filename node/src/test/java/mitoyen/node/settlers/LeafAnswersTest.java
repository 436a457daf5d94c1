package mitoyen.node.settlers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import mitoyen.ledger.energy.DayProposal;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.keys.Secret;
import mitoyen.node.settlement.SettlersDesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whom a settler's node shows what differs: whoever has the community's salt, and of a day that is
/// in question.
class LeafAnswersTest {
    private static final LocalDate DAY = LocalDate.of(2025, 6, 24);

    @TempDir private Path folder;

    @Test
    void leavesAreShownToSettlersAloneAndWhileTheirDayIsInQuestion() throws Exception {
        try (SettlersRound round = new SettlersRound(folder)) {
            give(round, 1, DAY);
            round.await("the day is proposed", () -> !proposals(round).isEmpty());
            Digest root = proposals(round).getFirst().root(SettledRoot.READINGS);
            round.stop(1);
            LeafQuestion question = new LeafQuestion("rue", DAY, SettledRoot.READINGS, root);
            try (SettlersDesk desk = round.desk(1)) {
                desk.follow();
                assertThat(isShown(desk, question, question)).isTrue();
                assertThat(isShown(desk, question, "")).isFalse();
                assertThat(isShown(desk, question, question.token(strangersSalt()))).isFalse();
                for (LeafQuestion other :
                        List.of(
                                new LeafQuestion("rue", DAY, SettledRoot.ALLOCATIONS, root),
                                new LeafQuestion("lilas", DAY, SettledRoot.READINGS, root),
                                new LeafQuestion(
                                        "rue", DAY.plusDays(1), SettledRoot.READINGS, root),
                                new LeafQuestion(
                                        "rue",
                                        DAY,
                                        SettledRoot.READINGS,
                                        Sha256.of(root.toBytes())))) {
                    assertThat(isShown(desk, question, other)).as("by %s", other).isFalse();
                    assertThat(isShown(desk, other, other)).as("%s", other).isFalse();
                }
            }
            for (int settler = 1; settler < SettlersRound.SETTLERS; settler++) {
                give(round, settler, DAY);
            }
            round.await("the day is settled", () -> round.energy().findDay("rue", DAY).isPresent());
            round.stop(1);
            try (SettlersDesk desk = round.desk(1)) {
                desk.follow();
                assertThat(isShown(desk, question, question)).as("no more in question").isFalse();
            }
        }
    }

    /// Whether a question is answered that is asked with the token of another, which the settlers'
    /// salt makes.
    private static boolean isShown(SettlersDesk desk, LeafQuestion question, LeafQuestion other)
            throws IOException {
        return isShown(desk, question, other.token(desk.keys().community().salt()));
    }

    private static boolean isShown(SettlersDesk desk, LeafQuestion question, String token)
            throws IOException {
        LeafAnswers answers = new LeafAnswers(desk);
        boolean shown = answers.findSealed(question, token, 0).isPresent();
        assertThat(answers.findHashes(question, token).isPresent()).isEqualTo(shown);
        return shown;
    }

    private static void give(SettlersRound round, int settler, LocalDate day) throws Exception {
        round.start(settler);
        round.give(settler, InboxFolder.readings(day.toString(), "1.5"), false);
    }

    private static List<DayProposal> proposals(SettlersRound round) {
        return round.energy().listProposals(round.energy().findCommunity("rue").orElseThrow(), DAY);
    }

    private static Secret strangersSalt() {
        return new Secret(Sha256.of("a stranger".getBytes(StandardCharsets.UTF_8)).toBytes());
    }
}
