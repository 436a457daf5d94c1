package mitoyen.ledger.governance;

/// What governance makes of a step.
public sealed interface GovernanceDecision {
    /// It is accepted.
    record Accepted(GovernanceEvent event) implements GovernanceDecision {}

    /// It is refused.
    record Refused(GovernanceRejection rejection) implements GovernanceDecision {}
}
