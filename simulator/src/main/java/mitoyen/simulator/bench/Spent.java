package mitoyen.simulator.bench;

import java.time.Duration;
import java.util.Collection;

/// What a network did in a while, and what it took.
///
/// @param transactions that were committed
/// @param nanos on the clock [ns]
/// @param blocks of the ledger that they are in; 0 where there is none
/// @param nodeNanos processor time of the nodes [ns]; 0 where CometBFT holds the application
/// @param engineNanos processor time of their CometBFTs [ns]
record Spent(long transactions, long nanos, long blocks, long nodeNanos, long engineNanos) {
    private static final double NANOS = 1e9;

    double perSecond() {
        return transactions * NANOS / nanos;
    }

    double transactionsABlock() {
        return (double) transactions / Math.max(1, blocks);
    }

    /// Processor time of all processes a transaction [s].
    double processorSeconds() {
        return (nodeNanos + engineNanos) / NANOS / Math.max(1, transactions);
    }

    /// The processor time that living processes took so far [ns], to 10 ms each.
    static long nanosOf(Collection<ProcessHandle> processes) {
        return processes.stream()
                .mapToLong(each -> each.info().totalCpuDuration().map(Duration::toNanos).orElse(0L))
                .sum();
    }

    @Override
    public String toString() {
        return "%,.0f a second, %.3f ms of a processor each"
                .formatted(perSecond(), processorSeconds() * 1e3);
    }
}
