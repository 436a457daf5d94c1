package mitoyen.simulator.run;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.simulator.audit.Answer;
import mitoyen.simulator.audit.Ending;
import mitoyen.simulator.faults.Fault;
import mitoyen.simulator.workload.CheapSigning;
import mitoyen.simulator.workload.RealSigning;
import mitoyen.simulator.workload.Signing;

/// One run: ledgers one after the other, in one thread, all from one seed. The same seed gives the
/// same run, whatever the machine.
public final class Run {
    /// On one of so many ledgers, people sign and verify in earnest: that costs some times all the
    /// rest.
    private static final int REAL_SIGNATURES_ONE_IN = 50;

    private final int steps;
    private final Surroundings around;
    private final Execution.Maker maker;
    private final SortedMap<Answer, Long> answers = new TreeMap<>();
    private final Map<Ending, Long> endings = new EnumMap<>(Ending.class);
    private int stepsDone;
    private int lives;

    private Run(long seed, int steps, RunOdds odds, Execution.Maker maker) {
        this.steps = steps;
        this.around = Surroundings.of(seed, odds);
        this.maker = maker;
    }

    /// Runs a seed to its end, or to the first thing that must never happen.
    ///
    /// @param steps how many things are done, or happen, at least 1
    /// @param maker makes the execution of each ledger, the ledger's own or a broken one
    public static Result execute(long seed, int steps, RunOdds odds, Execution.Maker maker) {
        return new Run(seed, steps, odds, maker).execute();
    }

    private Result execute() {
        Optional<String> violation = Optional.empty();
        try {
            while (stepsDone < steps) {
                live();
            }
        } catch (IOException | RuntimeException broken) {
            String what = "step " + stepsDone + ": " + describe(broken);
            around.trace().add(what);
            violation = Optional.of(what);
        }
        return new Result(
                stepsDone,
                around.clock().passedMillis(),
                around.faults().counts(),
                answers,
                endings,
                violation,
                around.trace().end());
    }

    private void live() throws IOException {
        lives++;
        RunOdds odds = around.odds();
        int end =
                Math.min(
                        steps,
                        stepsDone + around.chance().from(odds.shortestLife(), odds.longestLife()));
        Signing signing =
                around.hits(REAL_SIGNATURES_ONE_IN) ? new RealSigning() : new CheapSigning();
        try (Life life = new Life(around, "life " + lives, signing, maker)) {
            life.start();
            while (stepsDone < end) {
                stepsDone++;
                life.step();
            }
            life.end();
            life.records()
                    .answers()
                    .forEach((answer, times) -> answers.merge(answer, times, Long::sum));
            life.endings().forEach((ending, times) -> endings.merge(ending, times, Long::sum));
        }
    }

    private static String describe(Exception broken) {
        return broken instanceof Violation
                ? String.valueOf(broken.getMessage())
                : broken.toString();
    }

    /// What came of a run.
    ///
    /// @param steps how many were done
    /// @param millis how much time passed in it [ms]
    /// @param faults how often each fault came
    /// @param answers how often each answer was given
    /// @param endings how often each came of what settlers proposed
    /// @param violation what happened that must never happen; empty if nothing did
    /// @param trace the SHA-256 over all that happened, in hexadecimal
    public record Result(
            long steps,
            long millis,
            Map<Fault, Long> faults,
            SortedMap<Answer, Long> answers,
            Map<Ending, Long> endings,
            Optional<String> violation,
            String trace) {
        public Result {
            faults = faults.isEmpty() ? Map.of() : new EnumMap<>(faults);
            answers = new TreeMap<>(answers);
            endings = endings.isEmpty() ? Map.of() : new EnumMap<>(endings);
        }

        /// How many faults there were in all.
        public long faultCount() {
            return faults.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
