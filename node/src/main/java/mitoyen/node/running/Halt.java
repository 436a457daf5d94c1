package mitoyen.node.running;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.ledger.wire.ExecutionFault;
import mitoyen.node.input.Refused;

/// Whether a node has halted, and why: the first reason, said once. For any thread.
final class Halt {
    private static final Logger LOG = Logger.getLogger(Halt.class.getName());

    private final AtomicReference<Optional<String>> reason =
            new AtomicReference<>(Optional.empty());

    /// Why, in one line; empty while it goes on.
    Optional<String> find() {
        return reason.get();
    }

    /// Whether it has.
    boolean isSet() {
        return find().isPresent();
    }

    /// Halts it, and says so in the log and to whoever watches.
    ///
    /// @param where it failed; a fault of the rules says that itself
    /// @return whether it went on until now
    boolean set(String where, Throwable fault) {
        String what =
                switch (fault) {
                    case ExecutionFault named -> String.valueOf(named.getMessage());
                    case Refused explained -> String.valueOf(explained.getMessage());
                    default -> where + ": " + fault;
                };
        return set(what, Optional.of(fault));
    }

    /// Halts it because others came to something else.
    boolean set(Divergence divergence) {
        return set(divergence.toString(), Optional.empty());
    }

    /// Adds to the reason what was found out later.
    void explain(String more) {
        String whole = reason.updateAndGet(first -> first.map(why -> why + "; " + more)).orElse("");
        LOG.log(Level.SEVERE, "halted: {0}", whole);
        System.err.println("mitoyen: the node has halted: " + whole);
    }

    private boolean set(String what, Optional<Throwable> fault) {
        boolean first = reason.compareAndSet(Optional.empty(), Optional.of(what));
        if (first) {
            LOG.log(Level.SEVERE, "halted: " + what, fault.orElse(null));
            System.err.println("mitoyen: the node has halted: " + what);
        }
        return first;
    }
}
