package mitoyen.node.settlement;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Tasks done on threads of their own while their results are taken in the order in which the tasks
/// were given: what comes out does not depend on how many threads there are.
///
/// @param <T> what a task results in
final class Ahead<T> implements AutoCloseable {
    private final ExecutorService threads;
    private final Deque<Future<T>> tasks = new ArrayDeque<>();

    private Ahead(int threads, String name) {
        this.threads =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name(name, 1).daemon().factory());
    }

    /// On every processor.
    static <T> Ahead<T> parallel(String name) {
        return new Ahead<>(Runtime.getRuntime().availableProcessors(), name);
    }

    /// On one thread, one task after the other.
    static <T> Ahead<T> serial(String name) {
        return new Ahead<>(1, name);
    }

    /// Gives a task.
    void give(Callable<T> task) {
        tasks.add(threads.submit(task));
    }

    /// How many results wait to be taken.
    int waiting() {
        return tasks.size();
    }

    /// The result of the task that was given first of those not taken yet.
    ///
    /// @throws IOException if that is how the task ended
    T take() throws IOException {
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

    /// Drops what was not taken, and waits until no task runs any more.
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
