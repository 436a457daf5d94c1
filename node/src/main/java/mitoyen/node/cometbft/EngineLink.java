package mitoyen.node.cometbft;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import mitoyen.consensus.abci.AbciHandler;
import mitoyen.consensus.abci.AbciOptions;
import mitoyen.consensus.abci.AbciServer;
import mitoyen.consensus.abci.OrderedHandler;
import mitoyen.node.configuration.CometSettings;
import mitoyen.node.running.Divergence;

/// The socket on which CometBFT asks this node, and the CometBFT beside it where the node starts
/// one. For any thread.
final class EngineLink implements AutoCloseable {
    private final AbciServer server;
    private final CompletableFuture<Failure> failure;
    private final CompletableFuture<Divergence> divergence = new CompletableFuture<>();
    private Optional<CometProcess> process = Optional.empty();
    private Optional<EngineLog> log = Optional.empty();

    private EngineLink(AbciServer server, CompletableFuture<Failure> failure) {
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
        EngineLink link = new EngineLink(server, failure);
        if (settings.start()) {
            try {
                link.log =
                        Optional.of(
                                EngineLog.follow(CometProcess.log(settings.home()), link::found));
                link.process = Optional.of(startProcess(settings, server, variables, failure));
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
                };
    }

    private static CometProcess startProcess(
            CometSettings settings,
            AbciServer server,
            Map<String, String> variables,
            CompletableFuture<Failure> failure)
            throws IOException {
        return CometProcess.start(
                CometBinary.find(settings.binary()),
                settings.home(),
                server.address().toString(),
                settings.rpc(),
                variables,
                status ->
                        failure.complete(
                                new Failure(
                                        "CometBFT",
                                        new IOException(
                                                "it ended with status %d; see %s"
                                                        .formatted(
                                                                status,
                                                                CometProcess.log(
                                                                        settings.home()))))));
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
