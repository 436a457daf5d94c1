package mitoyen.consensus.abci;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Which connections belong together, though nothing on them says so.
///
/// A CometBFT opens four and ends when one of them does. So four connections at most, from the
/// first request on each, make a run; it is over as soon as one of them ends, the others are closed
/// then, and the next run begins only when the last call of this one has returned. Otherwise a
/// CometBFT that is started again would execute a block while the handler still executes one for
/// its predecessor.
final class EngineRuns {
    private static final int CONNECTIONS = 4;

    private final AbciHandler handler;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<AbciConnection> waiting = new ArrayDeque<>();
    private final List<AbciConnection> run = new ArrayList<>();
    private int joined;
    private boolean over;
    private boolean closed;

    EngineRuns(AbciHandler handler) {
        this.handler = handler;
    }

    /// Waits until a connection may be served, in the order of coming; false if none may any more.
    /// What the handler throws when told of a new run comes out here.
    boolean join(AbciConnection connection) {
        lock.lock();
        try {
            waiting.add(connection);
            while (!closed && !mayJoin(connection)) {
                changed.await();
            }
            if (closed) {
                return false;
            }
            if (run.isEmpty()) {
                joined = 0;
                over = false;
                handler.connected();
            }
            run.add(connection);
            joined++;
            return true;
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            waiting.remove(connection);
            changed.signalAll();
            lock.unlock();
        }
    }

    /// A connection is served no more: if it was in a run, the run is over.
    void leave(AbciConnection connection) {
        lock.lock();
        try {
            if (run.remove(connection)) {
                over = true;
                run.forEach(AbciConnection::close);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Closes the connections that joined or wait, and waits until each is served no more.
    void close() {
        lock.lock();
        try {
            closed = true;
            run.forEach(AbciConnection::close);
            waiting.forEach(AbciConnection::close);
            changed.signalAll();
            while (!run.isEmpty() || !waiting.isEmpty()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean mayJoin(AbciConnection connection) {
        boolean open = run.isEmpty() || (!over && joined < CONNECTIONS);
        return open && connection.equals(waiting.peek());
    }
}
