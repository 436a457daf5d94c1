package mitoyen.simulator.run;

import static java.util.Objects.requireNonNull;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./mitoyen simulate`: ledgers under faults, from a seed, held against an independent auditor.
@Command(
        name = "simulate",
        description =
                "Runs ledgers on failing disks, under crashes and jumping clocks, and holds every"
                        + " answer against an independent auditor. One seed is one identical run.",
        mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");
    private static final int MOST_SEEDS = 10_000_000;
    private static final double MILLIS_AN_HOUR = 3_600_000;

    /// How much goes wrong.
    enum Faults {
        /// As in a bad year of a machine.
        light,
        /// As on a machine that nobody would keep.
        heavy;

        private RunOdds odds() {
            return switch (this) {
                case light -> RunOdds.LIGHT;
                case heavy -> RunOdds.HEAVY;
            };
        }
    }

    @Option(names = "--seed", paramLabel = "S", description = "The seed of one run.")
    private @Nullable Long seed;

    @Option(names = "--seeds", paramLabel = "A..B", description = "Many runs, on all processors.")
    private @Nullable String seeds;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "The steps of a run; ${DEFAULT-VALUE} if not given.")
    private int steps = 10_000;

    @Option(
            names = "--faults",
            paramLabel = "light|heavy",
            description = "How much goes wrong; ${DEFAULT-VALUE} if not given.")
    private Faults faults = Faults.light;

    @Spec private @Nullable CommandSpec spec;

    private final Execution.Maker maker;

    /// The command for the ledger's own execution.
    public SimulateCommand() {
        this(Execution.Maker.OWN);
    }

    /// The command for an execution that a test broke.
    SimulateCommand(Execution.Maker maker) {
        this.maker = maker;
    }

    /// Runs one seed or many.
    ///
    /// @return 0, or 1 if something happened that must never happen
    @Override
    public Integer call() throws InterruptedException {
        if (steps < 1) {
            throw misuse("--steps: at least 1");
        }
        if (seeds == null) {
            return runOne(seed == null ? System.nanoTime() : seed);
        }
        if (seed != null) {
            throw misuse("give --seed or --seeds, not both");
        }
        return runAll(parse(seeds));
    }

    private int runOne(long one) {
        PrintWriter out = out();
        out.println("seed " + one);
        out.flush();
        Run.Result result = Run.execute(one, steps, faults.odds(), maker);
        result.answers().forEach((answer, times) -> out.printf("%-24s %d%n", answer, times));
        tellCounts(out, result.endings());
        tellCounts(out, result.faults());
        result.violation().ifPresent(what -> tell(one, what));
        out.println("trace " + result.trace());
        out.flush();
        return result.violation().isPresent() ? 1 : 0;
    }

    private static void tellCounts(PrintWriter out, Map<? extends Enum<?>, Long> counts) {
        counts.forEach((what, times) ->
                out.printf("%-24s %d%n", what.name().toLowerCase(Locale.ROOT), times));
    }

    private int runAll(Seeds range) throws InterruptedException {
        PrintWriter out = out();
        out.println("seeds " + range.first() + ".." + range.last());
        out.flush();
        Sums sums = new Sums();
        range.run(
                steps,
                faults.odds(),
                maker,
                (one, result) -> {
                    sums.add(result);
                    result.violation().ifPresent(what -> tell(one, what));
                    show(sums.line());
                });
        show("");
        out.println(sums.line());
        out.flush();
        return sums.violations == 0 ? 0 : 1;
    }

    /// One line at the foot of a terminal, if there is one.
    private static void show(String line) {
        if (Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)) {
            System.err.print("\r\u001b[K" + line);
            System.err.flush();
        }
    }

    private void tell(long one, String what) {
        PrintWriter out = out();
        out.printf("violation in seed %d, %s%n", one, what);
        out.printf(
                "to repeat it: ./mitoyen simulate --seed %d --steps %d --faults %s%n",
                one, steps, faults);
        out.flush();
    }

    private Seeds parse(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            throw misuse("--seeds: not of the form A..B, such as 1..1000: " + text);
        }
        Seeds range = new Seeds(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        if (range.last() < range.first() || range.last() - range.first() >= MOST_SEEDS) {
            throw misuse("--seeds: from 1 to " + MOST_SEEDS + " seeds, the smaller first: " + text);
        }
        return range;
    }

    private PrintWriter out() {
        return requireNonNull(spec).commandLine().getOut();
    }

    private ParameterException misuse(String message) {
        return new ParameterException(requireNonNull(spec).commandLine(), message);
    }

    /// What many runs came to.
    private static final class Sums {
        private long runs;
        private long steps;
        private long millis;
        private long faults;
        private long violations;

        void add(Run.Result result) {
            runs++;
            steps += result.steps();
            millis += result.millis();
            faults += result.faultCount();
            violations += result.violation().isPresent() ? 1 : 0;
        }

        String line() {
            return "seeds=%d steps=%d hours=%d faults=%d violations=%d"
                    .formatted(
                            runs, steps, Math.round(millis / MILLIS_AN_HOUR), faults, violations);
        }
    }
}
