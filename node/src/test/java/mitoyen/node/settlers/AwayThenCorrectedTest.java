package mitoyen.node.settlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.settlement.Archive;
import mitoyen.node.settlement.SummaryAnchor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A settler was away when a day was settled, or had other readings of it, and the day is corrected
/// before he is given the right ones: what was settled first he can never do again.
final class AwayThenCorrectedTest {
    private static final LocalDate DAY = LocalDate.of(2025, 6, 24);

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "'', the vault lacks its readings or its terms",
        "0.9, the readings in the vault are not those on the ledger"
    })
    void hisVerifyNamesWhatItDidNotDoAgain(String otherwise, String why) throws Exception {
        try (SettlersRound round = new SettlersRound(folder)) {
            for (int settler = 1; settler <= SettlersRound.SETTLERS; settler++) {
                round.start(settler);
            }
            if (!otherwise.isEmpty()) {
                give(round, 4, otherwise, false);
            }
            for (int settler = 1; settler <= 3; settler++) {
                give(round, settler, "1.5", false);
            }
            round.await("the day is settled", () -> settled(round).isPresent());
            Optional<EnergyState.SettledDay> before = settled(round);
            for (int settler = 1; settler <= SettlersRound.SETTLERS; settler++) {
                give(round, settler, "0.5", true);
            }
            round.await("it is corrected", () -> !settled(round).equals(before));
            long corrected = round.last().height();
            round.await(
                    "all have documents of it",
                    () -> documented(1) >= corrected && documented(4) >= corrected);
        }
        assertThat(SettlersRound.verified(folder, 1)).endsWith("anchored=yes");
        assertThat(SettlersRound.verified(folder, 4))
                .containsPattern(
                        "anchored=yes unchecked=1\nnot recomputed: %s as block \\d+ settled it: %s$"
                                .formatted(DAY, why));
    }

    @Test
    void isToldWhereEachOfTheReadingsIsToBeHad() throws Exception {
        try (SettlersRound round = new SettlersRound(folder)) {
            for (int settler = 1; settler <= SettlersRound.SETTLERS; settler++) {
                round.start(settler);
            }
            for (String kwh : List.of("1.5", "0.5")) {
                Optional<EnergyState.SettledDay> before = settled(round);
                for (int settler = 1; settler <= 3; settler++) {
                    give(round, settler, kwh, before.isPresent());
                }
                round.await("it is settled", () -> !settled(round).equals(before));
            }
        }
        assertThatThrownBy(() -> SettlersRound.verified(folder, 4))
                .hasMessage(
                        "the vault lacks the readings of 2025-06-24, revision 1: drop what the"
                                + " other settlers have into the node's inbox");
        try (Archive archive = Archive.open(folder.resolve("settler4"), new RealDisk())) {
            assertThatThrownBy(() -> archive.load(DAY, 0))
                    .hasMessage(
                            "the vault lacks the readings of 2025-06-24, revision 0: only a"
                                    + " backup that has them gives them back");
        }
    }

    private long documented(int settler) throws IOException {
        return SummaryAnchor.find(folder.resolve("settler" + settler))
                .map(SummaryAnchor::height)
                .orElse(0L);
    }

    private static void give(SettlersRound round, int settler, String kwh, boolean correct)
            throws Exception {
        round.give(settler, InboxFolder.readings(DAY.toString(), kwh), correct);
    }

    private static Optional<EnergyState.SettledDay> settled(SettlersRound round) {
        return round.energy().findDay("rue", DAY);
    }
}
