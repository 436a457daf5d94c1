package mitoyen.consensus.joining;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `CE-15`: a minute a part beyond ten minutes, and a day in all.
class PaceTest {
    @ParameterizedTest
    @CsvSource({
        "PT10M, 0, false",
        "PT10M0.001S, 0, true",
        "PT110M, 100, false",
        "PT110M0.001S, 100, true",
        "PT24H, 1430, false",
        "PT24H0.001S, 1431, true",
        "PT24H0.001S, 16385, true"
    })
    void howLongSoManyPartsMayTake(Duration elapsed, int parts, boolean tooSlow) {
        assertThat(ReceivedSnapshot.isTooSlow(elapsed.toNanos(), parts)).isEqualTo(tooSlow);
    }
}
