package mitoyen.node.settlers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.energy.DayProposal;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.OpenClaim;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.running.CommittedBlock.Outcome;
import mitoyen.node.settlement.SettlementRequest;
import mitoyen.node.settlement.SettlersDesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file brings a settled day's correction and the next day, of one month: settlers may say what
/// is to be said of both in one transaction, and then both are settled in one block.
class CorrectedWithNewDayTest {
    private static final String MONTH = "2025-06";
    private static final LocalDate FIRST = LocalDate.of(2025, 6, 24);
    private static final LocalDate NEXT = FIRST.plusDays(1);

    @TempDir private Path folder;

    @Test
    void bothInOneBlock() throws Exception {
        try (SettlersRound round = new SettlersRound(folder)) {
            begin(round);
            for (int settler = 1; settler <= 3; settler++) {
                round.stop(settler);
            }
            List<SettleDay> days = List.of();
            for (int settler = 1; settler <= 3; settler++) {
                days = keep(round, settler);
            }
            accepted(round, 1, List.copyOf(days));
            for (SettledRoot kind : List.of(SettledRoot.READINGS, SettledRoot.ALLOCATIONS)) {
                for (int settler = 1; settler <= 3; settler++) {
                    accepted(round, settler, attested(round, settler, days, kind));
                }
            }
            assertThat(round.energy().findDay("rue", NEXT)).isPresent();
            for (int settler = 1; settler <= 3; settler++) {
                round.start(settler);
            }
            claim(round);
        }
        assertThat(SettlersRound.verified(folder, 1)).contains("settlements=recomputed");
    }

    /// Has a settler who is not at work keep both days.
    ///
    /// @return what he would propose
    private List<SettleDay> keep(SettlersRound round, int settler) throws Exception {
        Path file = Files.writeString(folder.resolve("both.csv"), both());
        try (SettlersDesk desk = round.desk(settler)) {
            desk.keep(
                    round.community(),
                    new SettlementRequest(
                            folder.resolve("community.yaml"),
                            List.of(file),
                            round.folder(settler),
                            false,
                            false,
                            true,
                            250));
            return desk.at((_, vault) -> List.of(vault.settlement(FIRST), vault.settlement(NEXT)));
        }
    }

    private static List<EnergyTransaction> attested(
            SettlersRound round, int settler, List<SettleDay> days, SettledRoot kind) {
        List<EnergyTransaction> steps = new ArrayList<>();
        for (SettleDay day : days) {
            DayProposal proposal =
                    round.energy()
                            .findProposal("rue", day.day(), SettlersRound.account(1))
                            .orElseThrow();
            if (!proposal.attested(kind).contains(SettlersRound.account(settler))) {
                steps.add(
                        new AttestDay(
                                "rue",
                                day.day(),
                                SettlersRound.account(1),
                                proposal.digest(),
                                kind));
            }
        }
        return steps;
    }

    private static void accepted(SettlersRound round, int settler, List<EnergyTransaction> steps)
            throws Exception {
        assertThat(round.say(settler, steps.toArray(EnergyTransaction[]::new)))
                .isEqualTo(new Outcome.Accepted());
    }

    private static void begin(SettlersRound round) throws Exception {
        for (int settler = 1; settler <= 3; settler++) {
            round.start(settler);
        }
        give(round, InboxFolder.readings(FIRST.toString(), "1.5"));
        round.await("first is settled", () -> round.energy().findDay("rue", FIRST).isPresent());
    }

    private static void claim(SettlersRound round) throws Exception {
        round.await(
                "all three attested the same claims",
                () -> open(round).stream().anyMatch(each -> each.attested().size() == 3));
        round.pass(2);
        round.await("they are made", () -> open(round).isEmpty());
    }

    private static List<OpenClaim> open(SettlersRound round) {
        return round.energy()
                .listOpenClaims(round.energy().findCommunity("rue").orElseThrow(), MONTH);
    }

    private static String both() {
        String next = InboxFolder.readings(NEXT.toString(), "1.5");
        return InboxFolder.readings(FIRST.toString(), "0.5")
                + next.substring(next.indexOf('\n') + 1);
    }

    private static void give(SettlersRound round, String csv) throws Exception {
        for (int settler = 1; settler <= 3; settler++) {
            round.give(settler, csv, false);
        }
    }
}
