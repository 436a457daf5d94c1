package mitoyen.simulator.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import mitoyen.node.threads.Ahead;
import mitoyen.simulator.files.TemporaryFolder;
import mitoyen.simulator.workload.Street;

/// What one account that sends a hundred times its share does to the others: the 99th percentile of
/// their answers with it over that without it, the two alternating.
///
/// @param accounts how many others there are; each sends once a second
/// @param seconds how long each measurement lasts [s], at most 9: then the bucket of the one is
///   empty (LE-93)
/// @param rounds how often the two alternate once they are warm
public record FairBench(int accounts, int seconds, int rounds) implements Benchmark {
    /// A hundred others.
    public static final FairBench FULL = new FairBench(100, 9, 7);

    private static final double GOAL = 1.1;
    private static final int SHARES = 100;
    private static final int P99 = 990;
    private static final double MILLI = 1e6;
    private static final long SEED = 11;

    @Override
    public String name() {
        return "fair";
    }

    @Override
    public SequencedMap<String, Object> run(Consumer<String> progress) throws IOException {
        List<Round> measured = new ArrayList<>();
        try (TemporaryFolder folder = TemporaryFolder.create("mitoyen-bench");
                NodeUnderLoad node =
                        new NodeUnderLoad(
                                new Street(accounts + rounds + 1, SEED, NodeUnderLoad.LANES),
                                folder.path());
                Ahead<List<CompletableFuture<Long>>> greedy = Ahead.on(1, "greedy")) {
            for (int round = 0; round <= rounds; round++) {
                int one = accounts + round;
                long without = p99(node);
                List<Street.Sent> many = node.transfersOf(one, SHARES * seconds);
                greedy.give(() -> node.begin(many, SHARES));
                long with = p99(node);
                node.awaitAll(greedy.take());
                Round each = new Round(without, with);
                progress.accept(each + (round == 0 ? " (warm-up)" : ""));
                if (round > 0) {
                    measured.add(each);
                }
            }
        }
        SequencedMap<String, Object> figures = new LinkedHashMap<>();
        figures.put("bench", name());
        figures.put("ratio", Figure.thousandths(Figure.median(measured, Round::ratio)));
        figures.put("goal", GOAL);
        figures.put(
                "p99MillisWithout",
                Figure.thousandths(Figure.median(measured, each -> each.without / MILLI)));
        figures.put(
                "p99MillisWith",
                Figure.thousandths(Figure.median(measured, each -> each.with / MILLI)));
        figures.put("accounts", accounts);
        figures.put("rounds", rounds);
        return figures;
    }

    private long p99(NodeUnderLoad node) throws IOException {
        List<Street.Sent> transfers = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            for (int account = 0; account < accounts; account++) {
                transfers.addAll(node.transfersOf(account, 1));
            }
        }
        return Figure.quantile(node.latencies(transfers, accounts), P99);
    }

    /// The others' 99th percentiles [ns].
    private record Round(long without, long with) {
        double ratio() {
            return (double) with / without;
        }

        @Override
        public String toString() {
            return "the others' p99: %.1f ms without, %.1f ms with one at a hundred times its share"
                    .formatted(without / MILLI, with / MILLI);
        }
    }
}
