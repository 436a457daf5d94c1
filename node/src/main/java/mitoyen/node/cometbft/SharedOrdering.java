package mitoyen.node.cometbft;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mitoyen.consensus.abci.AbciHandler;
import mitoyen.node.configuration.CometSettings;
import mitoyen.node.input.Refused;
import mitoyen.node.running.Bundler;
import mitoyen.node.running.Ordering;
import mitoyen.node.running.RunningLedger;
import mitoyen.node.threads.FairQueue;

/// A node's part in the order of several: what it sends goes to CometBFT, what CometBFT orders
/// comes back over a socket.
public final class SharedOrdering implements Ordering {
    private final Bundler<?> bundler;
    private final EngineLink link;

    private SharedOrdering(Bundler<?> bundler, EngineLink link) {
        this.bundler = bundler;
        this.link = link;
    }

    /// Starts to take part.
    ///
    /// @param ledger a shared one; closed with this
    /// @param joined the CometBFT that runs already, if the ledger was just begun from a snapshot;
    ///   closed with this
    /// @param rpc of the CometBFT beside it; stays open
    /// @param senders tells who sends some bytes, without verifying them
    /// @param bounds what may wait to be verified
    /// @throws IOException if the socket is taken, or CometBFT does not start or has lost its
    ///   blocks
    /// @throws Refused if CometBFT's blocks do not go on from the ledger (`CE-21`)
    public static <S> SharedOrdering start(
            RunningLedger ledger,
            CometSettings settings,
            Optional<Joining> joined,
            CometRpc rpc,
            Function<byte[], S> senders,
            FairQueue.Bounds bounds,
            InstantSource clock,
            Listener listener)
            throws IOException, Refused {
        if (joined.isEmpty() && settings.start()) {
            CometHome.requireBlocks(settings.home(), ledger.height());
        }
        boolean goesOn =
                joined.isEmpty() && settings.start() && CometHome.hasBlocks(settings.home());
        Bundler<S> bundler = new Bundler<>(ledger, senders, bounds, clock, rpc, listener);
        try {
            AbciHandler engine = ledger.shareWith(clock, bundler::committed);
            EngineLink link =
                    joined.isPresent()
                            ? joined.get().continueAs(engine)
                            : EngineLink.start(settings, engine, Map.of());
            if (goesOn) {
                awaitTaken(link, rpc, ledger);
            }
            link.reportTo(bundler::halt, bundler::halt);
            return new SharedOrdering(bundler, link);
        } catch (IOException | Refused | RuntimeException | Error failure) {
            bundler.close();
            throw failure;
        }
    }

    private static void awaitTaken(EngineLink link, CometRpc rpc, RunningLedger ledger)
            throws IOException, Refused {
        try {
            link.awaitTaken(rpc, ledger::height);
        } catch (IOException | Refused failure) {
            link.close();
            throw failure;
        }
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

    @Override
    public void expectEnd() {
        link.expectEnd();
    }

    /// CometBFT first: then nothing more comes from it.
    @Override
    public void close() throws IOException {
        link.close();
        bundler.close();
    }
}
