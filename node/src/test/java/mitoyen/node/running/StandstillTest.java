package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// When what waits is handed again; seconds, counted from the first transaction.
class StandstillTest {
    private static final long START = Long.MAX_VALUE - 1_000_000_000L;

    private final Standstill standstill = new Standstill();

    @Test
    void pausesDoubleAndTheNumberOfCopiesIsAnotherEachTime() {
        assertThat(again(0, 1_300))
                .containsExactly(
                        "11 s: 1",
                        "32 s: 2",
                        "73 s: 3",
                        "154 s: 4",
                        "315 s: 5",
                        "636 s: 6",
                        "957 s: 7",
                        "1278 s: 8");
    }

    @Test
    void whoeverCameLaterWaitsHisOwnTenSeconds() {
        assertThat(again(25, 40)).containsExactly("36 s: 1");
    }

    @Test
    void aBlockBeginsAnew() {
        assertThat(again(0, 40)).containsExactly("11 s: 1", "32 s: 2");
        standstill.moved(at(41), OptionalLong.of(at(40)));
        assertThat(again(40, 60)).containsExactly("52 s: 1");
    }

    @Test
    void whereBlocksTakeHalfAMinuteAMinuteIsNoStandstill() {
        standstill.moved(at(30), OptionalLong.of(at(0)));
        assertThat(again(30, 120)).containsExactly("91 s: 1");
        standstill.moved(at(121), OptionalLong.empty());
        assertThat(again(121, 185)).containsExactly("182 s: 1");
        standstill.moved(at(186), OptionalLong.of(at(185)));
        assertThat(again(186, 200)).containsExactly("197 s: 1");
    }

    @Test
    void moreThanSixteenCopiesAreNotMade() {
        List<String> all = again(0, 100_000);
        assertThat(all.get(15)).endsWith(": 16");
        assertThat(all.get(16)).endsWith(": 1");
    }

    /// Asks once a second, up to a second, of one who waits since another.
    private List<String> again(int since, int until) {
        List<String> found = new ArrayList<>();
        for (int now = since; now <= until; now++) {
            String second = now + " s: ";
            standstill
                    .findCopies(at(now), at(since))
                    .ifPresent(copies -> found.add(second + copies));
        }
        return found;
    }

    /// The clock passes the end of its numbers, as [System#nanoTime()] may.
    private static long at(int second) {
        return START + Duration.ofSeconds(second).toNanos();
    }
}
