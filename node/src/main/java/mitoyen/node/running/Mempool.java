package mitoyen.node.running;

/// Where the engine of several nodes keeps what waits for a block, and passes it on to the others.
public interface Mempool {
    /// Puts a bundle there; waits for the answer.
    Handed hand(byte[] bundle) throws InterruptedException;

    /// Whether the engine has come as far as the others, as far as it knows; waits for the answer.
    boolean isCurrent() throws InterruptedException;

    /// What became of a bundle.
    sealed interface Handed {
        /// It waits for a block, or did so before.
        record Waits() implements Handed {}

        /// The node's own rules refuse it.
        record Refused(String word) implements Handed {}

        /// Not now: the mempool is full, or the engine does not answer.
        record NotNow(String why) implements Handed {}
    }
}
