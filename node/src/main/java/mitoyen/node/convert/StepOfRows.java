package mitoyen.node.convert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;

/// The step of rows that do not say it: the least time between two of them.
final class StepOfRows {
    /// The steps that a community may have [min].
    static final Set<Integer> ALLOWED = Set.of(5, 10, 15, 30, 60);

    private static final int FEW = 10;

    private StepOfRows() {}

    /// The step [min], or nothing after a mistake was noted.
    ///
    /// Where another distance is common, the meter was set to another step on the way: values
    /// before and after mean different energy.
    ///
    /// @param stamps in order of time
    static Optional<Integer> find(String file, List<Instant> stamps, MistakeLog mistakes) {
        SortedMap<Long, Integer> counts = new TreeMap<>();
        for (int next = 1; next < stamps.size(); next++) {
            long seconds = Duration.between(stamps.get(next - 1), stamps.get(next)).toSeconds();
            if (seconds > 0) {
                counts.merge(seconds, 1, Integer::sum);
            }
        }
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        long least = counts.firstKey();
        for (var other : counts.tailMap(least + 1).entrySet()) {
            if (other.getValue() * FEW > stamps.size() && isStep(other.getKey())) {
                mistakes.add(file, 0, Fault.STEPS_MIXED, least / 60, other.getKey() / 60);
                return Optional.empty();
            }
        }
        return Optional.of(isStep(least) ? (int) (least / 60) : 0);
    }

    private static boolean isStep(long seconds) {
        return seconds % 60 == 0 && seconds <= 3_600 && ALLOWED.contains((int) (seconds / 60));
    }
}
