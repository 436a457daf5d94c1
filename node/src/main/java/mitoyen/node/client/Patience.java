package mitoyen.node.client;

import java.time.Duration;
import java.util.List;

/// How long an answer is waited for, and how often it is asked for again.
///
/// @param limit how long one question may take
/// @param pauses before the second question, the third, and so on
public record Patience(Duration limit, List<Duration> pauses) {
    private static final List<Duration> PAUSES =
            List.of(Duration.ZERO, Duration.ofMillis(200), Duration.ofSeconds(1));

    public Patience {
        pauses = List.copyOf(pauses);
    }

    /// Four questions, the second at once.
    ///
    /// @param limit how long one question may take
    public static Patience of(Duration limit) {
        return new Patience(limit, PAUSES);
    }
}
