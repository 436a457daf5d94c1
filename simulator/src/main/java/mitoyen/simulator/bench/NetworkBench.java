package mitoyen.simulator.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mitoyen.simulator.bench.NetworkUnderLoad.Paced;
import mitoyen.simulator.files.TemporaryFolder;

/// A network of validators on this machine beside as many CometBFTs with the key-value store that
/// is built into them: ours signed, verified and answered once durable, theirs none of it.
///
/// Senders, nodes and CometBFTs share the processors. Both networks run all the while, and rest
/// while the other is measured.
///
/// @param validators how many of each
/// @param replicas how many more of ours, which do not vote
/// @param transactions how many are sent in a round [a network]
/// @param rounds how often the two alternate
/// @param seconds how long a steady rate or rest is measured [s]; 0 to leave these out
public record NetworkBench(int validators, int replicas, int transactions, int rounds, int seconds)
        implements Benchmark {
    /// Four validators.
    public static final NetworkBench FULL = new NetworkBench(4, 0, 10_000, 3, 20);

    /// The power of a busy core with its share of the machine [W], for what is modelled.
    private static final double WATTS_A_CORE = 10;

    private static final double GOAL = 3;
    private static final double PROCESSOR_GOAL = 0.4;
    private static final int AT_A_TIME_A_NODE = 256;
    private static final int SENDERS_A_NODE = 4;
    private static final List<Integer> RATES = List.of(1, 10, 100);
    private static final double SECONDS_AN_HOUR = 3_600;
    private static final double MICRO = 1e6;
    private static final double MILLI_NANOS = 1e6;
    private static final int SHORT = 2_000;

    @Override
    public String name() {
        return "network";
    }

    /// A network of another size, in shorter runs, at saturation only.
    public NetworkBench sized(int validators, int replicas) {
        return new NetworkBench(validators, replicas, SHORT, 1, 0);
    }

    @Override
    public SequencedMap<String, Object> run(Consumer<String> progress) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("mitoyen-bench");
                NetworkUnderLoad ours =
                        new NetworkUnderLoad(folder.path().resolve("ours"), validators, replicas);
                KvstoreNetwork kvstore =
                        new KvstoreNetwork(folder.path().resolve("kvstore"), validators)) {
            List<Round> measured = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                Round each =
                        new Round(
                                ours.saturate(transactions, AT_A_TIME_A_NODE * validators),
                                kvstore.saturate(transactions, SENDERS_A_NODE));
                progress.accept(each + (round == 0 ? " (warm-up)" : ""));
                if (round > 0) {
                    measured.add(each);
                }
            }
            SequencedMap<String, Object> figures = report(measured);
            if (seconds > 0) {
                for (int rate : RATES) {
                    report(rate, ours.pace(rate, seconds), figures);
                }
                TimeUnit.SECONDS.sleep(seconds);
                reportRest(ours.rest(seconds), figures);
            }
            return figures;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private SequencedMap<String, Object> report(List<Round> measured) {
        SequencedMap<String, Object> figures = new LinkedHashMap<>();
        figures.put("bench", name());
        figures.put("validators", validators);
        figures.put("replicas", replicas);
        figures.put("ratio", Figure.thousandths(Figure.median(measured, Round::ratio)));
        figures.put("goal", GOAL);
        figures.put("cpuRatio", Figure.thousandths(Figure.median(measured, Round::processorRatio)));
        figures.put("cpuGoal", PROCESSOR_GOAL);
        figures.put(
                "perSecond", Math.round(Figure.median(measured, round -> round.ours.perSecond())));
        figures.put(
                "kvstorePerSecond",
                Math.round(Figure.median(measured, round -> round.kvstore.perSecond())));
        figures.put(
                "nodeMicros",
                Math.round(
                        Figure.median(
                                measured, round -> micros(round.ours.nodeNanos(), round.ours))));
        figures.put(
                "engineMicros",
                Math.round(
                        Figure.median(
                                measured, round -> micros(round.ours.engineNanos(), round.ours))));
        double seconds = Figure.median(measured, round -> round.ours.processorSeconds());
        reportEnergy("saturation", seconds, figures);
        reportEnergy(
                "kvstore",
                Figure.median(measured, round -> round.kvstore.processorSeconds()),
                figures);
        figures.put("wattsACore", WATTS_A_CORE);
        figures.put("transactions", transactions);
        figures.put("rounds", rounds);
        return figures;
    }

    private static double micros(long nanos, Spent spent) {
        return nanos / 1e3 / Math.max(1, spent.transactions());
    }

    private static void report(int rate, Paced paced, SequencedMap<String, Object> figures) {
        String at = "At" + rate;
        figures.put("p50Millis" + at, Figure.thousandths(paced.medianNanos() / MILLI_NANOS));
        figures.put("p99Millis" + at, Figure.thousandths(paced.p99Nanos() / MILLI_NANOS));
        reportEnergy(rate + "ASecond", paced.spent().processorSeconds(), figures);
    }

    private static void reportEnergy(
            String what, double seconds, SequencedMap<String, Object> figures) {
        figures.put("cpuSeconds." + what, Math.round(seconds * MICRO) / MICRO);
        figures.put(
                "wattHours." + what,
                Math.round(seconds * WATTS_A_CORE / SECONDS_AN_HOUR * MICRO * 1e3) / (MICRO * 1e3));
    }

    private void reportRest(Spent rest, SequencedMap<String, Object> figures) {
        double perNode = 100.0 / rest.nanos() / (validators + replicas);
        figures.put("idleNodePercent", Figure.thousandths(rest.nodeNanos() * perNode));
        figures.put("idleEnginePercent", Figure.thousandths(rest.engineNanos() * perNode));
    }

    private record Round(Spent ours, Spent kvstore) {
        double ratio() {
            return ours.perSecond() / kvstore.perSecond();
        }

        double processorRatio() {
            return ours.processorSeconds() / kvstore.processorSeconds();
        }

        @Override
        public String toString() {
            return "ours " + ours + "; kvstore " + kvstore;
        }
    }
}
