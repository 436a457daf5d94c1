package mitoyen.ledger.account;

import java.util.List;

/// What the rules of accounts make of a step.
public sealed interface AccountDecision {
    /// It is accepted.
    ///
    /// @param events what happens, in order
    record Accepted(List<AccountEvent> events) implements AccountDecision {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /// It is refused.
    record Refused(AccountRejection rejection) implements AccountDecision {}
}
