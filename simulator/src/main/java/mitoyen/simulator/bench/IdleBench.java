package mitoyen.simulator.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import mitoyen.simulator.files.TemporaryFolder;
import mitoyen.simulator.workload.Street;

/// The processor time that a node takes while nobody asks it for anything, scaled to an hour.
///
/// @param accounts that are open in it, at most 1,000
/// @param settleSeconds how long it is left alone before it is measured [s]
/// @param seconds how long it is measured [s]
public record IdleBench(int accounts, int settleSeconds, int seconds) implements Benchmark {
    /// A minute, after twenty seconds.
    public static final IdleBench FULL = new IdleBench(500, 20, 60);

    private static final double GOAL = 10;
    private static final double SECONDS_AN_HOUR = 3_600;
    private static final long SEED = 13;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public SequencedMap<String, Object> run(Consumer<String> progress) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("mitoyen-bench");
                NodeUnderLoad node =
                        new NodeUnderLoad(
                                new Street(accounts, SEED, NodeUnderLoad.LANES), folder.path())) {
            node.limit(node.transfers(accounts), accounts);
            progress.accept("leaving a node alone for %d s".formatted(settleSeconds + seconds));
            leaveAlone(settleSeconds);
            Stopwatch idle = new Stopwatch();
            leaveAlone(seconds);
            Stopwatch.Time time = idle.time();
            SequencedMap<String, Object> figures = new LinkedHashMap<>();
            figures.put("bench", name());
            figures.put(
                    "processorSecondsAnHour",
                    Figure.thousandths(SECONDS_AN_HOUR * time.processorNanos() / time.nanos()));
            figures.put("goal", GOAL);
            figures.put("measuredSeconds", seconds);
            return figures;
        }
    }

    private static void leaveAlone(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
