package mitoyen.consensus.abci;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestQuery;
import mitoyen.consensus.abci.wire.ResponseCommit;
import mitoyen.consensus.abci.wire.ResponseQuery;

/// Commits when the test says so.
final class SlowHandler extends CountingHandler {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch proceed = new CountDownLatch(1);
    final BlockingQueue<String> connections = new LinkedBlockingQueue<>();
    private final Optional<IOException> failure;

    SlowHandler() {
        this(Optional.empty());
    }

    SlowHandler(Optional<IOException> failure) {
        this.failure = failure;
    }

    @Override
    public void connected() {
        connections.add("connected");
    }

    @Override
    public ResponseQuery query(RequestQuery request) {
        return ResponseQuery.getDefaultInstance();
    }

    @Override
    public synchronized ResponseCommit commit(RequestCommit request) throws IOException {
        entered.countDown();
        await(proceed);
        if (failure.isPresent()) {
            throw failure.get();
        }
        connections.add("committed");
        return ResponseCommit.getDefaultInstance();
    }

    /// Waits without an exception to declare.
    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
