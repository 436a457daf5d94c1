package mitoyen.node.settlers;

import java.nio.file.Path;
import java.time.LocalDate;
import mitoyen.node.inbox.InboxFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Readings of a day that is not over by the settlers' clocks; then the clocks are set right, or
/// the machines wake up, and the day is long over.
class ClockSetForwardTest {
    /// The round begins at local midnight of this day.
    private static final LocalDate DAY = LocalDate.of(2025, 7, 11);

    @TempDir private Path folder;

    @Test
    void aDayThatIsOverIsProposed() throws Exception {
        try (SettlersRound round = new SettlersRound(folder)) {
            for (int settler = 1; settler <= 3; settler++) {
                round.start(settler);
                round.give(settler, InboxFolder.readings(DAY.toString(), "1.5"), false);
            }
            round.await("all three rest", ClockSetForwardTest::allRest);
            round.jump(48);
            round.await("the day is settled", () -> round.energy().findDay("rue", DAY).isPresent());
        }
    }

    private static boolean allRest() {
        return Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("settler"))
                        .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                        .count()
                == 3;
    }
}
