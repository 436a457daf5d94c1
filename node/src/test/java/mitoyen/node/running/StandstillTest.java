package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When what waits is handed again (`CE-19`); seconds, counted from the first transaction.
class StandstillTest {
    private static final long START = Long.MAX_VALUE - 1_000_000_000L;
    private static final int MANY = 1_000;

    private final Standstill standstill = new Standstill(at(-100), Standstill.FIRST);

    @Test
    void threeTimesWhileASenderWaitsInOtherBytesEachTime() {
        assertThat(again(0, 60, MANY)).containsExactly("11 s: 1", "32 s: 2", "53 s: 3");
    }

    @Test
    void whoSendsAgainIsHandedAgainWithAnotherNumber() {
        again(0, 60, MANY);
        assertThat(again(60, 120, MANY)).containsExactly("81 s: 4", "102 s: 5");
    }

    @Test
    void whoeverCameLaterWaitsHisOwnTenSeconds() {
        assertThat(again(25, 40, MANY)).containsExactly("36 s: 1");
    }

    @Test
    void aBlockBeginsAnewAndTheNumberStaysAnother() {
        assertThat(again(0, 40, MANY)).containsExactly("11 s: 1", "32 s: 2");
        standstill.moved(at(41));
        assertThat(again(0, 60, MANY)).containsExactly("52 s: 3");
    }

    @Test
    void whileBlocksComeNothingIsHandedAgain() {
        for (int second = 0; second < 60; second += 8) {
            standstill.moved(at(second));
            assertThat(again(0, second + 8, MANY)).isEmpty();
        }
    }

    @Test
    void noMoreThanFitOrSixteen() {
        assertThat(again(0, 80, 3)).containsExactly("11 s: 1", "32 s: 2", "53 s: 3", "74 s: 1");
        assertThat(again(80, 340, MANY)).last().isEqualTo("332 s: 16");
        assertThat(again(340, 370, MANY)).containsExactly("361 s: 1");
        assertThat(again(430, 500, 0)).isEmpty();
    }

    /// Asks once a second, up to a second and with it, of one who waits since another.
    private List<String> again(int since, int until, int most) {
        List<String> found = new ArrayList<>();
        for (int now = since; now <= until; now++) {
            String second = now + " s: ";
            standstill
                    .findCopies(at(now), at(since), most)
                    .ifPresent(copies -> found.add(second + copies));
        }
        return found;
    }

    /// The clock passes the end of its numbers, as [System#nanoTime()] may.
    private static long at(int second) {
        return START + Duration.ofSeconds(second).toNanos();
    }
}
