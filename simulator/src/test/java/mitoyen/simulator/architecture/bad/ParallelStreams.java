package mitoyen.simulator.architecture.bad;

import java.util.List;

final class ParallelStreams {
    private ParallelStreams() {}

    static long count(List<String> names) {
        return names.parallelStream().count();
    }
}
