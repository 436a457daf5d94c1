package mitoyen.node.api;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Drops the connections of those whose request does not arrive in time: there are only so many
/// connections, and one that waits for the rest of a request is kept from everybody else.
///
/// The time is that of all headers, and then of the whole body. A limit on each read would not do:
/// whoever sends a byte now and then is never late. Whose first line is not whole is idle, which
/// the server itself sees to.
final class ArrivalWatch implements Http1ConnectionListener, AutoCloseable {
    private final Duration patience;
    private final ScheduledThreadPoolExecutor late =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("late-requests").daemon().factory());
    private final ConcurrentMap<Thread, Future<?>> headers = new ConcurrentHashMap<>();

    /// @param patience how long the headers, and how long a body, may take
    ArrivalWatch(Duration patience) {
        this.patience = patience;
        late.setRemoveOnCancelPolicy(true);
    }

    /// The headers begin, on the thread of the connection.
    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        Thread reader = Thread.currentThread();
        headers.put(
                reader,
                drop(() -> {
                    headers.remove(reader);
                    reader.interrupt();
                }));
    }

    /// The headers are there.
    @Override
    public void headers(ConnectionContext connection, Headers arrived) {
        Future<?> drop = headers.remove(Thread.currentThread());
        if (drop != null) {
            drop.cancel(false);
        }
    }

    /// A body whose time begins now. It is to be read to its end or closed, by the thread that asks
    /// for it.
    InputStream watch(InputStream body) {
        return new WatchedBody(body, drop(Thread.currentThread()::interrupt));
    }

    @Override
    public void close() {
        late.shutdownNow();
    }

    private Future<?> drop(Runnable dropping) {
        return late.schedule(dropping, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static final class WatchedBody extends FilterInputStream {
        private final Future<?> drop;

        WatchedBody(InputStream body, Future<?> drop) {
            super(body);
            this.drop = drop;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            endAt(one);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            endAt(count);
            return count;
        }

        @Override
        public void close() throws IOException {
            drop.cancel(false);
            super.close();
        }

        private void endAt(int read) {
            if (read < 0) {
                drop.cancel(false);
            }
        }
    }
}
