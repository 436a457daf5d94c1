package mitoyen.node.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What all did together in each interval of a day.
///
/// @param start of the first interval
/// @param step the length of each
/// @param missing how many readings were missing and counted as 0
/// @param outside how many readings lay outside their meter's days
/// @param uses one for each interval; what is a member's own is not told apart and is 0
public record DayCurve(Instant start, Duration step, int missing, int outside, List<Use> uses) {
    public DayCurve {
        uses = List.copyOf(uses);
    }
}
