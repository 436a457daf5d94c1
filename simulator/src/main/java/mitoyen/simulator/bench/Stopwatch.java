package mitoyen.simulator.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The time since it was made, on the clock and of this process on all processors.
final class Stopwatch {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long start = System.nanoTime();
    private final long processorStart = PROCESS.getProcessCpuTime();

    Time time() {
        return new Time(System.nanoTime() - start, PROCESS.getProcessCpuTime() - processorStart);
    }

    /// How long something took.
    ///
    /// @param nanos on the clock [ns]
    /// @param processorNanos of all processors together [ns]
    record Time(long nanos, long processorNanos) {}
}
