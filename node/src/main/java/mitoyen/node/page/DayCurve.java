package mitoyen.node.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What all did together in each interval of a day.
///
/// @param start of the first interval
/// @param step the length of each
/// @param uses one for each interval; what is a member's own is not told apart and is 0
public record DayCurve(Instant start, Duration step, List<Use> uses) {
    public DayCurve {
        uses = List.copyOf(uses);
    }
}
