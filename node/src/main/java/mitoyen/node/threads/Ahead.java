package mitoyen.node.threads;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Tasks done on threads of their own while their results are taken in the order in which the tasks
/// were given: what comes out does not depend on how many threads there are.
///
/// @param <T> what a task results in
public final class Ahead<T> implements AutoCloseable {
    private final ExecutorService threads;
    private final Deque<Future<T>> tasks = new ArrayDeque<>();

    private Ahead(int threads, String name) {
        this.threads =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name(name, 1).daemon().factory());
    }

    /// On every processor.
    public static <T> Ahead<T> parallel(String name) {
        return on(Runtime.getRuntime().availableProcessors(), name);
    }

    /// On so many threads; on one, one task after the other.
    ///
    /// @param name what their names begin with
    public static <T> Ahead<T> on(int threads, String name) {
        return new Ahead<>(threads, name);
    }

    /// Gives a task.
    public void give(Callable<T> task) {
        tasks.add(threads.submit(task));
    }

    /// How many results wait to be taken.
    public int waiting() {
        return tasks.size();
    }

    /// The result of the task that was given first of those not taken yet.
    ///
    /// @throws IOException if that is how the task ended
    public T take() throws IOException {
        try {
            return tasks.remove().get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case IOException unreadable -> throw unreadable;
                case RuntimeException fault -> throw fault;
                case Error fatal -> throw fatal;
                case null, default -> throw new IllegalStateException(failure);
            }
        }
    }

    /// Drops what was not begun, and waits until no task runs any more. None is disturbed: one may
    /// be writing, and a file whose writer is interrupted is closed under it. So whoever is
    /// interrupted waits all the same, and is still interrupted afterwards: the executor's own
    /// `close` would interrupt the tasks then.
    @Override
    public void close() {
        tasks.forEach(task -> task.cancel(false));
        threads.shutdown();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException stopped) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
