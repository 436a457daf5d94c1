package mitoyen.node.threads;

import java.util.logging.Level;
import java.util.logging.Logger;

/// A thread that works as long as its node does. If a fault of the program ends it before, that is
/// logged and remembered, so that whoever watches the node can see it.
public final class Worker {
    private static final Logger LOG = Logger.getLogger(Worker.class.getName());

    private final String name;
    private final Thread thread;
    private volatile boolean failed;

    /// A worker who is not yet [started][#start].
    ///
    /// @param name what it works on, such as `inbox`
    /// @param work ends by itself once nothing more is to be done, or where it is interrupted
    public Worker(String name, Work work) {
        this.name = name;
        this.thread = Thread.ofPlatform().name(name).unstarted(() -> run(work));
    }

    /// What is done all the thread's life.
    @FunctionalInterface
    public interface Work {
        /// Does it.
        ///
        /// @throws InterruptedException if nothing more is to be done
        void run() throws InterruptedException;
    }

    /// What it works on.
    public String name() {
        return name;
    }

    /// Begins.
    public void start() {
        thread.start();
    }

    /// Has it end where it waits.
    public void interrupt() {
        thread.interrupt();
    }

    /// Waits until it has ended, or the caller is interrupted.
    public void join() {
        try {
            thread.join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether a fault ended it.
    public boolean hasFailed() {
        return failed;
    }

    /// A fault is told by its class alone, since its message may hold a name.
    private void run(Work work) {
        try {
            work.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error fault) {
            failed = true;
            LOG.log(Level.SEVERE, "{0} stops: {1}", new Object[] {name, fault.getClass()});
            LOG.log(Level.FINE, name + " stops", fault);
        }
    }
}
