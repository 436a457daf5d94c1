package mitoyen.simulator.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/// Many runs, each in one thread, on every processor.
///
/// @param first the first seed
/// @param last the last seed, included
public record Seeds(long first, long last) {
    /// Runs them all.
    ///
    /// @param maker makes the execution of each ledger; used by several threads
    /// @param done is given each seed with its result, in the order of the seeds, in this thread
    /// @throws InterruptedException if this thread is interrupted; the runs are stopped then
    public void run(
            int steps, RunOdds odds, Execution.Maker maker, BiConsumer<Long, Run.Result> done)
            throws InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
            List<Future<Run.Result>> running = new ArrayList<>();
            for (long seed = first; seed <= last; seed++) {
                long own = seed;
                running.add(threads.submit(() -> Run.execute(own, steps, odds, maker)));
            }
            long seed = first;
            for (Future<Run.Result> result : running) {
                done.accept(seed, result.get());
                seed++;
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
