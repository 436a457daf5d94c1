package mitoyen.simulator.audit;

/// What came of something that settlers propose (LE-182 to LE-187).
public enum Ending {
    /// A quorum attested a proposal, and its day is settled.
    DAY_SETTLED,
    /// Another proposal of the day was settled.
    PROPOSAL_OUTRUN,
    /// Its settler proposed another.
    PROPOSAL_REPLACED,
    /// Nobody objects to claims, and their time is over: they are made.
    CLAIMS_MADE,
    /// The same although somebody objects, since a quorum attested them.
    CLAIMS_MADE_BY_QUORUM,
    /// Their time is over, somebody objects and no quorum attested them: they wait on.
    CLAIMS_HELD,
    /// They were held, and an attestation made them.
    CLAIMS_MADE_LATE,
    /// So many object that the others are no quorum.
    CLAIMS_OBJECTED,
    /// They came to break a rule while they waited.
    CLAIMS_BROKEN,
    /// There is no room left for them.
    CLAIMS_WITHOUT_ROOM,
    /// Others of the month were made.
    CLAIMS_OUTRUN,
    /// Their settler made others.
    CLAIMS_REPLACED
}
