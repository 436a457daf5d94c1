package mitoyen.simulator.audit;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an account sent (LE-92, LE-93).
///
/// @param lanes the last number of each lane
/// @param emptyAt when its bucket will be empty if it sends no more [ms since 1970]
public record Traffic(SortedMap<Integer, Long> lanes, long emptyAt) {
    static final Traffic NONE = new Traffic(new TreeMap<>(), Long.MIN_VALUE);

    public Traffic {
        lanes = Collections.unmodifiableSortedMap(new TreeMap<>(lanes));
    }

    /// How many steps are in the bucket.
    long bucket(long timeMillis, long millisPerStep) {
        return emptyAt <= timeMillis
                ? 0
                : (emptyAt - timeMillis + millisPerStep - 1) / millisPerStep;
    }

    Traffic sent(int lane, long number, int steps, long timeMillis, long millisPerStep) {
        SortedMap<Integer, Long> after = new TreeMap<>(lanes);
        after.put(lane, number);
        return new Traffic(after, Math.max(emptyAt, timeMillis) + steps * millisPerStep);
    }
}
