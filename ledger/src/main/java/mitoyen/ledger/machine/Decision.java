package mitoyen.ledger.machine;

import java.util.List;

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
    record Refused(Rejection rejection) implements Decision {}
}
