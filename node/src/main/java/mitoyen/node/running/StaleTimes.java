package mitoyen.node.running;

import java.time.Duration;
import java.util.OptionalLong;

/// Which blocks a node proposes without anything in them because their time is from before a sleep
/// (`CE-8`).
///
/// The engine's time is that of the votes on the block below. So the first block after a sleep is
/// too early by all of the sleep, and is let go by; the next one, which follows at once, has the
/// time that it is. Where every block takes long, each is late by as much: but then it is also long
/// after the one below, as no block is that comes first after a sleep. Of two such blocks in a row
/// one is always filled.
final class StaleTimes {
    private static final long STALE_MILLIS = Duration.ofSeconds(10).toMillis();

    private long passedMillis;

    /// Whether to let a block go by; not twice in ten seconds, lest a node whose clock is wrong
    /// never proposes anything.
    ///
    /// @param nowMillis the node's clock [ms since 1970]
    /// @param timeMillis the time that the block will have [ms since 1970]
    /// @param belowMillis that of the engine's block below, if it was decided since the node
    ///   started [ms since 1970]
    boolean passes(long nowMillis, long timeMillis, OptionalLong belowMillis) {
        boolean late = nowMillis - timeMillis > STALE_MILLIS;
        boolean apart =
                belowMillis.isPresent() && timeMillis - belowMillis.getAsLong() > STALE_MILLIS;
        boolean passes = late && !apart && nowMillis - passedMillis > STALE_MILLIS;
        if (passes) {
            passedMillis = nowMillis;
        }
        return passes;
    }
}
