package mitoyen.ledger.governance;

import mitoyen.ledger.account.SignerKey;

/// What happened to validators: the only thing that changes who they are.
public sealed interface GovernanceEvent {
    /// A validator took a seat, or has another power or name.
    record ValidatorSeated(Validator validator) implements GovernanceEvent {}

    /// A validator left.
    record ValidatorLeft(SignerKey key) implements GovernanceEvent {}

    /// A validator lost its seat by cheating.
    ///
    /// @param noticedAt the height of the engine's block that brought the evidence; so in all
    record ValidatorPunished(Evidence evidence, long noticedAt) implements GovernanceEvent {}

    /// The last validator cheated: it is recorded, and keeps its seat since nobody else has one.
    record LastValidatorAccused(Evidence evidence, long noticedAt) implements GovernanceEvent {}

    /// Evidence that changes nothing: against nobody that is known, or against whom there is some
    /// already.
    record EvidenceNoted(Evidence evidence, long noticedAt) implements GovernanceEvent {}
}
