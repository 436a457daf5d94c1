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
/// while the other is measured. What is measured begins once rounds take the same: a node that has
/// just started is still being compiled.
///
/// @param validators how many of each
/// @param replicas how many more of ours, which do not vote
/// @param transactions how many are sent in a round [a network]
/// @param warmUp how many rounds go before at most, at least 1
/// @param rounds how often the two alternate
/// @param seconds how long a steady rate is measured [s], and how much else of what takes its time;
///   0 to leave these out
public record NetworkBench(
        int validators, int replicas, int transactions, int warmUp, int rounds, int seconds)
        implements Benchmark {
    /// Four validators.
    public static final NetworkBench FULL = new NetworkBench(4, 0, 10_000, 12, 3, 20);

    /// The power of a busy core with its share of the machine [W], for what is modelled.
    private static final double WATTS_A_CORE = 10;

    private static final double GOAL = 3;
    private static final double PROCESSOR_GOAL = 0.4;
    private static final int FINAL_GOAL_MILLIS = 2_000;

    /// How many transactions are in a request, to either.
    private static final int TOGETHER = 10;

    /// How many senders there are of ours: it answers once a transaction is durable, so that many
    /// have to be under way.
    private static final int SENDERS = 512;

    /// How many senders a node there are of theirs, which answers once a transaction waits.
    private static final int KVSTORE_SENDERS_A_NODE = 4;

    /// Warm is who took no less than this share of the least processor time so far, so many rounds
    /// in a row.
    private static final double WARM = 0.95;

    private static final int STEADY_ROUNDS = 2;

    private static final List<Integer> RATES = List.of(1, 10, 100);
    private static final int HOLDS = 30;
    private static final long HOLD_REST_MILLIS = 1_500;

    /// For how many times a steady rate's time nobody asks anything before rest is measured: the
    /// compiler still works a minute on what was asked last.
    private static final long SETTLING_FACTOR = 3;

    private static final int REST_FACTOR = 6;
    private static final double SECONDS_AN_HOUR = 3_600;
    private static final double MICRO = 1e6;
    private static final double MILLI_NANOS = 1e6;

    /// How many transactions a round of a shorter run has at most and at least: in between as many
    /// fewer as there are more nodes, since each of them executes each.
    private static final int SHORT = 6_000;

    private static final int SHORTEST = 2_000;
    private static final int SHORT_EXECUTIONS = 80_000;
    private static final int SHORT_WARM_UP = 3;

    @Override
    public String name() {
        return "network";
    }

    /// A network of another size, in shorter runs, at saturation only.
    public NetworkBench sized(int voting, int others) {
        int count = Math.clamp(SHORT_EXECUTIONS / (voting + others), SHORTEST, SHORT);
        return new NetworkBench(voting, others, count, SHORT_WARM_UP, 1, 0);
    }

    @Override
    public SequencedMap<String, Object> run(Consumer<String> progress) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("mitoyen-bench");
                NetworkUnderLoad ours =
                        new NetworkUnderLoad(folder.path().resolve("ours"), validators, replicas);
                KvstoreNetwork kvstore =
                        new KvstoreNetwork(folder.path().resolve("kvstore"), validators)) {
            warmUp(ours, kvstore, progress);
            List<Round> measured = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                Round each = round(ours, kvstore);
                progress.accept(each.toString());
                measured.add(each);
            }
            SequencedMap<String, Object> figures = report(measured);
            if (seconds > 0) {
                reportSteady(ours, figures, progress);
            }
            return figures;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private void warmUp(NetworkUnderLoad ours, KvstoreNetwork kvstore, Consumer<String> progress)
            throws IOException, InterruptedException {
        double least = Double.MAX_VALUE;
        int steady = 0;
        for (int round = 0; round < warmUp && steady < STEADY_ROUNDS; round++) {
            Round each = round(ours, kvstore);
            progress.accept(each + " (warm-up)");
            double now = each.ours.processorSeconds();
            steady = now < least * WARM ? 0 : steady + 1;
            least = Math.min(least, now);
        }
    }

    private Round round(NetworkUnderLoad ours, KvstoreNetwork kvstore)
            throws IOException, InterruptedException {
        return new Round(
                ours.saturate(transactions, TOGETHER, SENDERS),
                kvstore.saturate(transactions, KVSTORE_SENDERS_A_NODE));
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
                "transactionsABlock",
                Math.round(Figure.median(measured, round -> round.ours.transactionsABlock())));
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
        reportEnergy(
                "saturation",
                Figure.median(measured, round -> round.ours.processorSeconds()),
                figures);
        reportEnergy(
                "kvstore",
                Figure.median(measured, round -> round.kvstore.processorSeconds()),
                figures);
        figures.put("wattsACore", WATTS_A_CORE);
        figures.put("transactions", transactions);
        figures.put("rounds", rounds);
        return figures;
    }

    private void reportSteady(
            NetworkUnderLoad ours, SequencedMap<String, Object> figures, Consumer<String> progress)
            throws IOException, InterruptedException {
        for (int rate : RATES) {
            progress.accept(rate + " a second for " + seconds + " s");
            report(rate, ours.pace(rate, seconds), figures);
        }
        progress.accept("holds that end");
        Paced ends = ours.end(Math.min(HOLDS, seconds), HOLD_REST_MILLIS);
        figures.put("finalMillis", Figure.thousandths(ends.medianNanos() / MILLI_NANOS));
        figures.put("finalP99Millis", Figure.thousandths(ends.p99Nanos() / MILLI_NANOS));
        figures.put("finalGoalMillis", FINAL_GOAL_MILLIS);
        int restSeconds = REST_FACTOR * seconds;
        progress.accept("rest for " + restSeconds + " s");
        TimeUnit.SECONDS.sleep(SETTLING_FACTOR * seconds);
        reportRest(ours.rest(restSeconds), figures);
    }

    private static double micros(long nanos, Spent spent) {
        return nanos / 1e3 / Math.max(1, spent.transactions());
    }

    private static void report(int rate, Paced paced, SequencedMap<String, Object> figures) {
        String at = "At" + rate;
        figures.put("p50Millis" + at, Figure.thousandths(paced.medianNanos() / MILLI_NANOS));
        figures.put("p99Millis" + at, Figure.thousandths(paced.p99Nanos() / MILLI_NANOS));
        Spent spent = paced.spent();
        figures.put("nodeMicros" + at, Math.round(micros(spent.nodeNanos(), spent)));
        figures.put("engineMicros" + at, Math.round(micros(spent.engineNanos(), spent)));
        reportEnergy(rate + "ASecond", spent.processorSeconds(), figures);
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
