package mitoyen.node.running;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Future;
import mitoyen.node.threads.FairQueue.Admission;

/// Where transactions go to come into blocks, whichever engine orders them.
public interface Ordering extends AutoCloseable {
    /// Takes a transaction in, or says why not; never waits.
    ///
    /// @param bytes a signed transaction, not to be changed afterwards
    Taken submit(byte[] bytes);

    /// Why the node halted, in one line; empty while it goes on.
    Optional<String> findHalt();

    /// Whether it knows what the others know; where there are none, always.
    default boolean isCurrent() {
        return true;
    }

    /// How many submissions wait to be verified.
    int waiting();

    /// Is told that the node was asked to stop, and closes this soon. An engine that is a process
    /// of its own was perhaps asked at the same moment, and may end first: that is no fault.
    default void expectEnd() {}

    /// Takes nothing more in, finishes what was taken in, and closes the ledger.
    @Override
    void close() throws IOException;

    /// What became of a submission.
    sealed interface Taken {
        /// It is under way.
        ///
        /// @param answer completed once it is final; never with an exception
        record In(Future<Answer> answer) implements Taken {}

        /// Nothing was done with it.
        record NotNow(Admission why) implements Taken {}

        /// Nothing was done with it, since the node does not know yet what others know.
        record Behind() implements Taken {}
    }

    /// Is told of blocks before anyone is answered; must be quick.
    @FunctionalInterface
    interface Listener {
        /// A block is durable.
        ///
        /// @param nanos how long it took from execution to the disk [ns]
        void committed(CommittedBlock block, long nanos);
    }
}
