package mitoyen.node.cometbft;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import mitoyen.consensus.abci.AbciHandler;
import mitoyen.consensus.abci.AbciOptions;
import mitoyen.consensus.abci.AbciServer;
import mitoyen.consensus.abci.OrderedHandler;
import mitoyen.node.configuration.CometSettings;
import mitoyen.node.input.Fault;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.Refused;
import mitoyen.node.running.Divergence;

/// The socket on which CometBFT asks this node, and the CometBFT beside it where the node starts
/// one. For any thread.
final class EngineLink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final CometSettings settings;
    private final AbciServer server;
    private final CompletableFuture<Failure> failure;
    private final CompletableFuture<Divergence> divergence = new CompletableFuture<>();
    private Optional<CometProcess> process = Optional.empty();
    private Optional<EngineLog> log = Optional.empty();

    private EngineLink(
            CometSettings settings, AbciServer server, CompletableFuture<Failure> failure) {
        this.settings = settings;
        this.server = server;
        this.failure = failure;
    }

    /// Listens, and starts a CometBFT where the settings say so.
    ///
    /// @param variables of CometBFT's environment, beside those of this process
    /// @throws IOException if the socket is taken, or CometBFT does not start
    static EngineLink start(
            CometSettings settings, AbciHandler handler, Map<String, String> variables)
            throws IOException {
        CompletableFuture<Failure> failure = new CompletableFuture<>();
        AbciServer server =
                AbciServer.start(
                        settings.application(),
                        new OrderedHandler(handler, EngineLink::outOfOrder),
                        AbciOptions.DEFAULT,
                        cause -> failure.complete(new Failure("CometBFT's application", cause)));
        EngineLink link = new EngineLink(settings, server, failure);
        if (settings.start()) {
            try {
                link.log =
                        Optional.of(
                                EngineLog.follow(CometProcess.log(settings.home()), link::found));
                link.process = Optional.of(link.startProcess(variables));
            } catch (IOException | RuntimeException | Error wrong) {
                link.close();
                throw wrong;
            }
        }
        return link;
    }

    /// What failed, once something has: the first thing.
    CompletableFuture<Failure> failure() {
        return failure;
    }

    /// Has somebody told what fails, or has failed.
    ///
    /// @param halt told where and why
    /// @param diverged told that validators signed something else than this node has
    void reportTo(BiConsumer<String, Throwable> halt, Consumer<Divergence> diverged) {
        CompletableFuture<Void> _ = divergence.thenAccept(diverged);
        CompletableFuture<Void> _ =
                failure.thenAccept(found -> halt.accept(found.where(), found.cause()));
    }

    /// Waits until CometBFT goes on from the ledger that is there: it plays blocks to it, or
    /// answers. One that does neither for long waits for something else, as for the time at which
    /// its network begins; what it says later halts the node.
    ///
    /// @param height of the ledger
    /// @throws Refused if CometBFT has not the block that follows on the ledger (`CE-21`)
    void awaitTaken(CometRpc rpc, LongSupplier height) throws IOException, Refused {
        long before = height.getAsLong();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!failure.isDone()
                    && System.nanoTime() < end
                    && height.getAsLong() == before
                    && !rpc.isThere()) {
                Thread.sleep(PAUSE);
            }
            if (failure.isDone() && failure.join().cause() instanceof Refused refused) {
                throw refused;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            InterruptedIOException told = new InterruptedIOException("told to stop");
            told.initCause(stopped);
            throw told;
        }
    }

    /// From here on CometBFT may end: the node is about to close.
    void expectEnd() {
        process.ifPresent(CometProcess::expectEnd);
    }

    /// CometBFT first: then nothing more comes from it.
    @Override
    public void close() {
        log.ifPresent(EngineLog::close);
        process.ifPresent(CometProcess::close);
        server.close();
    }

    private void found(EngineLog.Finding finding) {
        boolean _ =
                switch (finding) {
                    case EngineLog.Finding.Diverged(Divergence found) -> divergence.complete(found);
                    case EngineLog.Finding.SyncFailed(String line) ->
                            failure.complete(new Failure("CometBFT", new IOException(line)));
                    case EngineLog.Finding.Apart(long ledger, long engine) ->
                            failure.complete(new Failure("CometBFT", refusal(ledger, engine)));
                };
    }

    private Refused refusal(long ledger, long engine) {
        Fault fault =
                ledger < engine ? Fault.LEDGER_BEHIND_COMETBFT : Fault.LEDGER_AHEAD_OF_COMETBFT;
        return new Refused(new Mistake(settings.home().toString(), 0, fault, ledger, engine));
    }

    private CometProcess startProcess(Map<String, String> variables) throws IOException {
        return CometProcess.start(
                CometBinary.find(settings.binary()),
                settings.home(),
                server.address().toString(),
                settings.rpc(),
                variables,
                this::ended);
    }

    /// What it wrote last may say why; it may be later in its log than was read by now.
    private void ended(int status) {
        String why = "it ended with status %d".formatted(status);
        try {
            log.orElseThrow().readOn().ifPresent(this::found);
        } catch (IOException unreadable) {
            why += " and its log is not read: " + unreadable.getMessage();
        }
        failure.complete(
                new Failure(
                        "CometBFT",
                        new IOException(
                                "%s; see %s".formatted(why, CometProcess.log(settings.home())))));
    }

    /// CometBFT does what its specification does not say: better to stop than to guess.
    private static void outOfOrder(String call) {
        throw new IllegalStateException("CometBFT called out of order: " + call);
    }

    /// Why the node cannot go on.
    ///
    /// @param where it failed
    record Failure(String where, Throwable cause) {}
}
