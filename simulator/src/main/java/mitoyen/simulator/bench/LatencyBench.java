package mitoyen.simulator.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import mitoyen.simulator.files.TemporaryFolder;
import mitoyen.simulator.workload.Street;

/// From sending a transaction over HTTP to its durable answer, beside the syncing of a block's
/// bytes and nothing else on the same disk: the 99th percentiles, at 100 transactions a second and
/// at half of what the node takes at most.
///
/// Sender and node are one process and share the processors. Transactions are sent when they are
/// due, whether or not earlier ones were answered, and timed from then.
///
/// @param accounts how many senders there are, at most 1,000
/// @param seconds how long each rate is held in a round [s]
/// @param rounds how often syncing and both rates alternate
public record LatencyBench(int accounts, int seconds, int rounds) implements Benchmark {
    /// 500 senders, ten seconds each, five rounds.
    public static final LatencyBench FULL = new LatencyBench(500, 10, 5);

    private static final int PER_SECOND = 100;
    private static final double GOAL = 3;
    private static final double GOAL_AT_HALF = 10;
    private static final int AT_A_TIME = 256;
    private static final int BLOCK_BYTES = 1_024;
    private static final int SYNCS = 300;
    private static final double MILLI = 1e6;
    private static final int P99 = 990;
    private static final long SEED = 7;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public SequencedMap<String, Object> run(Consumer<String> progress) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("mitoyen-bench");
                NodeUnderLoad node =
                        new NodeUnderLoad(
                                new Street(accounts, SEED, NodeUnderLoad.LANES), folder.path())) {
            node.limit(node.transfers(accounts), AT_A_TIME);
            int limit = node.limit(node.transfers(4 * accounts), AT_A_TIME);
            progress.accept("the node takes %,d transactions a second".formatted(limit));
            List<Round> measured = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                Round each = measure(node, folder.path().resolve("sync"), Math.max(1, limit / 2));
                progress.accept(each + (round == 0 ? " (warm-up)" : ""));
                if (round > 0) {
                    measured.add(each);
                }
            }
            return report(measured, limit);
        }
    }

    private Round measure(NodeUnderLoad node, Path file, int half) throws IOException {
        long sync = syncs(file);
        long at100 = p99(node, PER_SECOND);
        return new Round(sync, at100, p99(node, half));
    }

    private long p99(NodeUnderLoad node, int perSecond) throws IOException {
        return Figure.quantile(node.latencies(node.transfers(perSecond * seconds), perSecond), P99);
    }

    private static long syncs(Path file) throws IOException {
        long[] nanos = new long[SYNCS];
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int i = 0; i < SYNCS; i++) {
                long start = System.nanoTime();
                out.write(ByteBuffer.allocate(BLOCK_BYTES));
                out.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        return Figure.quantile(nanos, P99);
    }

    private SequencedMap<String, Object> report(List<Round> measured, int limit) {
        SequencedMap<String, Object> figures = new LinkedHashMap<>();
        figures.put("bench", name());
        figures.put("p99ratio", Figure.thousandths(Figure.median(measured, Round::ratio)));
        figures.put("goal", GOAL);
        figures.put(
                "p99ratioAtHalf", Figure.thousandths(Figure.median(measured, Round::halfRatio)));
        figures.put("goalAtHalf", GOAL_AT_HALF);
        figures.put(
                "p99Millis",
                Figure.thousandths(Figure.median(measured, each -> each.at100 / MILLI)));
        figures.put(
                "p99MillisAtHalf",
                Figure.thousandths(Figure.median(measured, each -> each.atHalf / MILLI)));
        figures.put(
                "syncP99Millis",
                Figure.thousandths(Figure.median(measured, each -> each.sync / MILLI)));
        figures.put("limitPerSecond", limit);
        figures.put("accounts", accounts);
        figures.put("rounds", rounds);
        return figures;
    }

    /// The 99th percentiles of one round [ns].
    private record Round(long sync, long at100, long atHalf) {
        double ratio() {
            return (double) at100 / sync;
        }

        double halfRatio() {
            return (double) atHalf / sync;
        }

        @Override
        public String toString() {
            return "p99: sync %.1f ms, at 100 a second %.1f ms, at half the limit %.1f ms"
                    .formatted(sync / MILLI, at100 / MILLI, atHalf / MILLI);
        }
    }
}
