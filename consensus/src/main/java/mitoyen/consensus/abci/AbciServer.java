package mitoyen.consensus.abci;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Serves an [AbciHandler] to CometBFT, which dials, over ABCI's socket protocol.
///
/// A failure of the handler is final, since nobody knows what state it is in: CometBFT is told by
/// an `exception`, every connection is closed, and then the owner is told, who halts the node. What
/// a peer does wrong ends its connection and no more.
public final class AbciServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AbciServer.class.getName());
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /// CometBFT opens 4; as many again may wait for the end of its predecessor's, and some more.
    private static final int MAX_CONNECTIONS = 16;

    private final AbciSocket socket;
    private final AbciHandler handler;
    private final AbciOptions options;
    private final Consumer<Throwable> failed;
    private final EngineRuns runs;
    private final Reports reports = new Reports();
    private final Set<AbciConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile boolean closed;

    private AbciServer(
            AbciSocket socket,
            AbciHandler handler,
            AbciOptions options,
            Consumer<Throwable> failed) {
        this.socket = socket;
        this.handler = handler;
        this.options = options;
        this.failed = failed;
        runs = new EngineRuns(handler);
    }

    /// Listens, and serves until it is closed or the handler fails.
    ///
    /// @param failed told once, from a thread of its own, what the handler failed with; the server
    ///   is closed then
    /// @throws IOException if the address cannot be listened on, or could be reached by others than
    ///   the options allow
    public static AbciServer start(
            AbciAddress address,
            AbciHandler handler,
            AbciOptions options,
            Consumer<Throwable> failed)
            throws IOException {
        AbciServer server =
                new AbciServer(AbciSocket.open(address, options), handler, options, failed);
        Thread.ofVirtual().name("abci-accept").start(server::accept);
        return server;
    }

    /// Where it listens, with the port that was taken.
    public AbciAddress address() {
        return socket.address();
    }

    /// Stops listening, closes the connections and waits until no call of the handler goes on; so
    /// it is not called by the handler.
    @Override
    public void close() {
        closed = true;
        socket.close();
        connections.forEach(AbciConnection::close);
        runs.close();
    }

    private void accept() {
        while (!closed) {
            try {
                SocketChannel channel = socket.channel().accept();
                Thread.ofVirtual().name("abci-requests").start(() -> serve(channel));
            } catch (IOException refused) {
                if (!closed) {
                    fail(refused, atMost -> {});
                    return;
                }
            }
        }
    }

    private void serve(SocketChannel channel) {
        AbciConnection connection = new AbciConnection(channel, handler, options, reports);
        connections.add(connection);
        try {
            if (connections.size() > MAX_CONNECTIONS) {
                LOG.log(WARNING, "ABCI: a connection is refused, there are {0}", MAX_CONNECTIONS);
            } else if (!closed) {
                connection.serve();
            }
        } finally {
            connection.close();
            runs.leave(connection);
            connections.remove(connection);
        }
    }

    /// Stops for good, once: lets the last words go out, closes, tells the owner.
    private void fail(Throwable cause, LastWords lastWords) {
        if (failing.compareAndSet(false, true)) {
            Thread.ofVirtual()
                    .name("abci-stop")
                    .start(() -> {
                        lastWords.await(LAST_WORDS);
                        close();
                        failed.accept(cause);
                    });
        }
    }

    /// Waits until CometBFT was told.
    private interface LastWords {
        void await(Duration atMost);
    }

    private final class Reports implements AbciConnection.Owner {
        @Override
        public boolean begin(AbciConnection connection) {
            return runs.join(connection);
        }

        @Override
        public boolean isServing() {
            return !closed && !failing.get();
        }

        @Override
        public void handlerFailed(AbciConnection where, Throwable cause) {
            fail(cause, where::awaitAnswered);
        }

        @Override
        public void peerFailed(FrameException broken) {
            LOG.log(WARNING, "ABCI: a connection is closed: {0}", broken.getMessage());
        }
    }
}
