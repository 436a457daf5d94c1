package mitoyen.ledger.machine;

import java.util.List;
import java.util.OptionalInt;

/// What the state machine makes of a transaction; nothing is changed by it yet.
public sealed interface Decision {
    /// It is accepted.
    ///
    /// @param events what happens, in order
    record Accepted(List<Event> events) implements Decision {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /// It was accepted before, with the same content.
    record Exists() implements Decision {}

    /// It is refused.
    ///
    /// @param step the index of the step that was refused; empty where it was the whole
    /// @param events what happens nevertheless: its id is burnt, its lane moves, its sender's
    ///   bucket fills; nothing where nobody answers for it. No asset moves
    record Refused(Rejection rejection, OptionalInt step, List<Event> events) implements Decision {
        public Refused {
            events = List.copyOf(events);
        }

        /// Refused as a whole, without a trace.
        Refused(TransactionRejection reason) {
            this(new Rejection.OfTransaction(reason), OptionalInt.empty(), List.of());
        }
    }
}
