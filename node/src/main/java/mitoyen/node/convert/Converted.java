package mitoyen.node.convert;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Readings made from files, and what was assumed to make them.
///
/// @param readings the readings
/// @param zone the zone whose offsets they are written with
/// @param assumptions one sentence each, without a full stop
/// @param sketch a community that fits, where the kind knows one
public record Converted(
        Readings readings,
        ZoneId zone,
        List<String> assumptions,
        Optional<CommunitySketch> sketch) {
    public Converted {
        assumptions = List.copyOf(assumptions);
    }
}
