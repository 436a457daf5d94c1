package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.node.running.Ordering.Taken;
import mitoyen.node.threads.FairQueue.Bounds;

/// A ledger that orders alone, for a test that feeds it one transaction after the other.
public final class LoneLedger implements AutoCloseable {
    private final Sequencer<ByteString> sequencer;

    /// @param ledger closed with this
    /// @param listener told of every block
    public LoneLedger(RunningLedger ledger, Ordering.Listener listener) {
        this.sequencer =
                new Sequencer<>(
                        ledger,
                        ledger::senderOf,
                        new Bounds(100, 100, 1 << 20),
                        InstantSource.system(),
                        listener);
    }

    /// Who makes its blocks.
    public Sequencer<ByteString> sequencer() {
        return sequencer;
    }

    /// Sends a transaction, and waits until its block is durable.
    public void submit(SignedTransaction transaction) throws Exception {
        Taken taken = sequencer.submit(transaction.toBytes());
        assertThat(((Taken.In) taken).answer().get(60, TimeUnit.SECONDS))
                .isInstanceOf(Answer.InBlock.class);
    }

    @Override
    public void close() throws IOException {
        sequencer.close();
    }
}
