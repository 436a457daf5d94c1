package mitoyen.simulator.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import mitoyen.ledger.energy.LargestRemainder;

/// Dealing by largest remainder beside rounding every quotient down, which would lose energy and is
/// the least that any sharing key must do.
///
/// On one core, over random totals below the sum. Both passes read and write the same arrays and
/// alternate in one run; a ratio is the median over rounds of neighbours in time. Time is that
/// which the processor spent on the thread, so that what else runs on the machine counts little.
/// Rounding down is done in the fastest exact way that was found, without a division; the plain
/// division is timed too, for comparison. Measured over all household-intervals, where memory takes
/// part, and over few that stay in the cache, as a settlement works day by day.
///
/// @param householdIntervals over how many [homes times intervals]
/// @param rounds how often the passes alternate once they are warm
public record AllocateBench(int householdIntervals, int rounds) implements Benchmark {
    /// Ten million household-intervals.
    public static final AllocateBench FULL = new AllocateBench(10_000_000, 15);

    private static final double GOAL = 0.3;
    private static final List<Integer> HOMES = List.of(200, 1_000);
    private static final int CACHED = 100_000;
    private static final int CACHED_ROUNDS = 20;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Override
    public String name() {
        return "allocate";
    }

    @Override
    public SequencedMap<String, Object> run(Consumer<String> progress) {
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        double ratio = Double.MAX_VALUE;
        double ratioCached = Double.MAX_VALUE;
        for (int homes : HOMES) {
            progress.accept("dealing among " + homes + " homes");
            Figures all = measure(new DealtIntervals(homes, householdIntervals / homes), rounds);
            Figures cached =
                    measure(new DealtIntervals(homes, CACHED / homes), rounds * CACHED_ROUNDS);
            all.report(details, "homes" + homes);
            cached.report(details, "homes" + homes + "Cached");
            ratio = Math.min(ratio, all.ratio());
            ratioCached = Math.min(ratioCached, cached.ratio());
        }
        SequencedMap<String, Object> figures = new LinkedHashMap<>();
        figures.put("bench", name());
        figures.put("ratio", rounded(ratio));
        figures.put("goal", GOAL);
        figures.put("ratioCached", rounded(ratioCached));
        figures.put("householdIntervals", householdIntervals);
        figures.putAll(details);
        return figures;
    }

    private static Figures measure(DealtIntervals data, int rounds) {
        LargestRemainder remainder = new LargestRemainder(data.homes());
        data.check(remainder);
        List<Round> measured = new ArrayList<>();
        int warmUp = 1 + rounds / 5;
        for (int round = 0; round < warmUp + rounds; round++) {
            double exact = time(data, () -> data.deal(remainder));
            double floor = time(data, data::floor);
            double division = time(data, data::floorByDivision);
            if (round >= warmUp) {
                measured.add(new Round(exact, floor, division));
            }
        }
        return new Figures(measured);
    }

    private static double time(DealtIntervals data, Runnable pass) {
        long start = THREADS.getCurrentThreadCpuTime();
        pass.run();
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        return (double) nanos / data.householdIntervals();
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    /// What one round took [ns a household-interval].
    private record Round(double exact, double floor, double division) {}

    private record Figures(List<Round> rounds) {
        private Figures {
            rounds = List.copyOf(rounds);
        }

        double ratio() {
            return median(round -> round.floor() / round.exact());
        }

        void report(SequencedMap<String, Object> figures, String prefix) {
            figures.put(prefix + "Ratio", rounded(ratio()));
            figures.put(
                    prefix + "RatioToDivision",
                    rounded(median(round -> round.division() / round.exact())));
            figures.put(prefix + "ExactNanos", rounded(median(Round::exact)));
            figures.put(prefix + "FloorNanos", rounded(median(Round::floor)));
            figures.put(prefix + "DivisionNanos", rounded(median(Round::division)));
        }

        private double median(ToDoubleFunction<Round> figure) {
            double[] values = rounds.stream().mapToDouble(figure).toArray();
            Arrays.sort(values);
            return values[values.length / 2];
        }
    }
}
