package mitoyen.node.cometbft;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import mitoyen.consensus.abci.AbciOptions;
import mitoyen.consensus.abci.AbciServer;
import mitoyen.consensus.abci.OrderedHandler;
import mitoyen.node.configuration.CometSettings;
import mitoyen.node.running.Bundler;
import mitoyen.node.running.Ordering;
import mitoyen.node.running.RunningLedger;
import mitoyen.node.threads.FairQueue;

/// A node's part in the order of several: what it sends goes to CometBFT, what CometBFT orders
/// comes back over a socket.
public final class SharedOrdering implements Ordering {
    private final Bundler<?> bundler;
    private final AbciServer server;
    private final Optional<CometProcess> process;

    private SharedOrdering(Bundler<?> bundler, AbciServer server, Optional<CometProcess> process) {
        this.bundler = bundler;
        this.server = server;
        this.process = process;
    }

    /// Starts to take part.
    ///
    /// @param ledger a shared one; closed with this
    /// @param rpc of the CometBFT beside it; stays open
    /// @param senders tells who sends some bytes, without verifying them
    /// @param bounds what may wait to be verified
    /// @throws IOException if the socket is taken, or CometBFT does not start
    public static <S> SharedOrdering start(
            RunningLedger ledger,
            CometSettings settings,
            CometRpc rpc,
            Function<byte[], S> senders,
            FairQueue.Bounds bounds,
            InstantSource clock,
            Listener listener)
            throws IOException {
        Bundler<S> bundler = new Bundler<>(ledger, senders, bounds, clock, rpc, listener);
        AbciServer server;
        try {
            server =
                    AbciServer.start(
                            settings.application(),
                            new OrderedHandler(
                                    ledger.shareWith(clock, bundler::committed),
                                    SharedOrdering::outOfOrder),
                            AbciOptions.DEFAULT,
                            failure -> bundler.halt("CometBFT's application", failure));
        } catch (IOException | RuntimeException | Error failure) {
            bundler.close();
            throw failure;
        }
        SharedOrdering ordering = new SharedOrdering(bundler, server, Optional.empty());
        if (!settings.start()) {
            return ordering;
        }
        try {
            CometProcess process =
                    CometProcess.start(
                            CometBinary.find(settings.binary()),
                            settings.home(),
                            server.address().toString(),
                            settings.rpc(),
                            status ->
                                    bundler.halt(
                                            "CometBFT",
                                            new IOException(
                                                    "it ended with status %d; see %s"
                                                            .formatted(
                                                                    status,
                                                                    CometProcess.log(
                                                                            settings.home())))));
            return new SharedOrdering(bundler, server, Optional.of(process));
        } catch (IOException | RuntimeException | Error failure) {
            ordering.close();
            throw failure;
        }
    }

    /// CometBFT does what its specification does not say: better to stop than to guess.
    private static void outOfOrder(String call) {
        throw new IllegalStateException("CometBFT called out of order: " + call);
    }

    @Override
    public Taken submit(byte[] bytes) {
        return bundler.submit(bytes);
    }

    @Override
    public Optional<String> findHalt() {
        return bundler.findHalt();
    }

    @Override
    public boolean isCurrent() {
        return bundler.isCurrent();
    }

    @Override
    public int waiting() {
        return bundler.waiting();
    }

    /// CometBFT first: then nothing more comes from it.
    @Override
    public void close() throws IOException {
        process.ifPresent(CometProcess::close);
        server.close();
        bundler.close();
    }
}
