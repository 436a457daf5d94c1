package mitoyen.node.api;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import mitoyen.node.running.CommittedBlock;

/// What the node counts and measures, as Prometheus reads it. No id, account or address is in it.
final class NodeMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(250_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer blockTime = timer("mitoyen.block", "Execution to disk of a block");
    private final Timer syncTime = timer("mitoyen.sync", "A sync of the journal to the disk");
    private final Timer answerTime = timer("mitoyen.answer", "A transaction's way to its answer");
    private final Counter bytes =
            Counter.builder("mitoyen.block.written.bytes")
                    .description("Bytes of transactions written in blocks")
                    .register(registry);
    private final DistributionSummary transactions =
            DistributionSummary.builder("mitoyen.block.transactions")
                    .description("Transactions of a block")
                    .serviceLevelObjectives(1, 10, 100, 1_000)
                    .register(registry);

    NodeMetrics() {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        FunctionCounter.builder(
                        "process.cpu.seconds",
                        system,
                        bean ->
                                (double) bean.getProcessCpuTime()
                                        / (double) TimeUnit.SECONDS.toNanos(1))
                .description("Processor time that the node has used")
                .register(registry);
        gauge(
                "mitoyen.memory.used.bytes",
                "Memory of the heap in use",
                Runtime.getRuntime(),
                runtime -> (double) (runtime.totalMemory() - runtime.freeMemory()));
    }

    /// Shows a figure whenever somebody asks.
    <T> void gauge(String name, String description, T of, ToDoubleFunction<T> figure) {
        Gauge.builder(name, of, figure)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /// A block is durable.
    void committed(CommittedBlock block, long nanos) {
        blockTime.record(nanos, TimeUnit.NANOSECONDS);
        transactions.record(block.entries().size());
        bytes.increment(block.block().bundles().stream().mapToDouble(each -> each.length).sum());
    }

    /// A sync of the journal has ended.
    void synced(long nanos) {
        syncTime.record(nanos, TimeUnit.NANOSECONDS);
    }

    /// A transaction was answered.
    ///
    /// @param answer a word of a few
    void answered(String answer, long nanos) {
        answerTime.record(nanos, TimeUnit.NANOSECONDS);
        registry.counter("mitoyen.transactions", "answer", answer).increment();
    }

    /// All of it in the text form of Prometheus.
    String text() {
        return registry.scrape();
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
