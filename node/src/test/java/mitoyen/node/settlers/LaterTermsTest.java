package mitoyen.node.settlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.input.InputMistakes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A day that was settled long ago, and the community's file of today: settlers ask of it what
/// `settle` does.
class LaterTermsTest {
    private static final LocalDate DAY = LocalDate.of(2025, 6, 24);

    @TempDir private Path folder;
    private SettlersRound round;

    @BeforeEach
    void settle() throws Exception {
        round = new SettlersRound(folder);
        for (int settler = 1; settler <= 3; settler++) {
            round.start(settler);
            round.give(settler, readings(DAY, "1.5"), false);
        }
        round.await("settled", () -> round.energy().findDay("rue", DAY).isPresent());
    }

    @AfterEach
    void end() throws Exception {
        round.close();
    }

    @Test
    void aCorrectionNeedsAPriceOfItsDay() throws Exception {
        Community later = community("from: 2025-01-01", "from: 2025-07-01");
        assertThatThrownBy(() -> round.give(1, later, readings(DAY, "0.5"), true))
                .isInstanceOf(InputMistakes.class)
                .hasMessageContaining("2025-07-01");
    }

    @Test
    void aCorrectionNeedsReadingsOfEveryMeterThatTheTermsHave() throws Exception {
        Community later = community("[B1]", "[B1, B2]");
        assertThatThrownBy(() -> round.give(1, later, readings(DAY, "0.5"), true))
                .isInstanceOf(InputMistakes.class)
                .hasMessageContaining("B2");
    }

    @Test
    void aSettledDayBetweenOthersStaysAsItIsWhereNoRowIsGiven() throws Exception {
        String after = readings(DAY.plusDays(1), "1.5");
        String both = readings(DAY.minusDays(1), "1.5") + after.substring(after.indexOf('\n') + 1);
        assertThat(round.give(1, both, false).fresh()).isEqualTo(2);
    }

    private Community community(String from, String to) throws Exception {
        return CommunityFile.read(
                Files.writeString(
                        folder.resolve("later.yaml"), InboxFolder.COMMUNITY.replace(from, to)));
    }

    private static String readings(LocalDate day, String kwh) {
        return InboxFolder.readings(day.toString(), kwh);
    }
}
