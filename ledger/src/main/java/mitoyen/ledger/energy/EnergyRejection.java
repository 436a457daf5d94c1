package mitoyen.ledger.energy;

/// Why the energy contract refuses a transaction, the first reason in this order (LE-40); those of
/// version 2 come where LE-154 and LE-188 say.
///
/// The numbers are kept for good.
public enum EnergyRejection {
    /// The community's id is not one to forty of `[a-z0-9-]`.
    COMMUNITY_ID_MALFORMED(1),
    /// The transaction that founds a community is not signed by the ledger's founder.
    NOT_SIGNED_BY_FOUNDER(2),
    /// A community has that id already.
    COMMUNITY_EXISTS(3),
    /// The clearing, community and network operator accounts are not three different ones.
    ACCOUNTS_NOT_DISTINCT(4),
    /// The clearing account is another community's, or claims in that asset moved on it before.
    CLEARING_IN_USE(5),
    /// No community has that id.
    COMMUNITY_NOT_FOUND(6),
    /// The settlement is not signed by the community's settler.
    NOT_SIGNED_BY_SETTLER(7),
    /// The settled span is shorter than five minutes or longer than 26 hours, or begins before
    /// 1970.
    SPAN_OUT_OF_RANGE(8),
    /// There is no interval, or intervals are shorter than five minutes.
    INTERVALS_OUT_OF_RANGE(9),
    /// Totals are published of fewer meters than make a crowd, and the terms do not agree to it.
    TOTALS_OF_TOO_FEW_METERS(10),
    /// The published totals contradict each other.
    TOTALS_INCONSISTENT(11),
    /// The day is settled and the transaction names no settlement that it replaces.
    DAY_ALREADY_SETTLED(12),
    /// The transaction replaces a settlement, and the day has none yet.
    DAY_NOT_SETTLED(13),
    /// The transaction replaces another settlement than the day's last.
    SUPERSEDES_ANOTHER(14),
    /// The claims are not by strictly rising account.
    CLAIMS_OUT_OF_ORDER(15),
    /// A claim is 0.
    CLAIM_IS_ZERO(16),
    /// A claim is not whole cents.
    CLAIM_NOT_WHOLE_CENTS(17),
    /// A claim is made on a clearing account.
    CLAIM_ON_CLEARING(18),
    /// The claims do not add up to 0.
    CLAIMS_UNBALANCED(19),
    /// No day of the month is settled.
    MONTH_NOT_SETTLED(20),
    /// The claim is not the month's next.
    CLAIM_OUT_OF_TURN(21),
    /// The claim covers no block beyond those of the month's claim before, or blocks that are not
    /// there yet.
    THROUGH_OUT_OF_RANGE(22),
    /// A total would exceed 63 bits.
    AMOUNT_OVERFLOW(23),
    /// The settled span is not in the local day that it names.
    SPAN_IN_ANOTHER_DAY(24),
    /// A settler is named twice or out of order, or there are none or too many; the quorum or the
    /// time for objections is out of range.
    SETTLERS_INVALID(25),
    /// The settler proposed the same before.
    PROPOSED_ALREADY(26),
    /// No such proposal waits for settlers, or no longer.
    PROPOSAL_NOT_FOUND(27),
    /// No quorum attested the root over the readings yet.
    READINGS_NOT_ATTESTED(28),
    /// The settler attested it before.
    ATTESTED_ALREADY(29),
    /// The settler dissents, and names what is proposed.
    DISSENT_AGREES(30),
    /// There are more claims than can wait.
    TOO_MANY_CLAIMS(31),
    /// The day is not over, or five years back, and was not settled before.
    DAY_OUT_OF_REACH(32);

    private final int number;

    EnergyRejection(int number) {
        this.number = number;
    }

    /// The number that receipts hold.
    public int number() {
        return number;
    }

    /// Whether the same transaction may be accepted once others were (LE-41).
    public boolean mayPassLater() {
        return switch (this) {
            case COMMUNITY_NOT_FOUND,
                    DAY_NOT_SETTLED,
                    SUPERSEDES_ANOTHER,
                    MONTH_NOT_SETTLED,
                    CLAIM_OUT_OF_TURN,
                    THROUGH_OUT_OF_RANGE,
                    PROPOSAL_NOT_FOUND,
                    READINGS_NOT_ATTESTED ->
                    true;
            case COMMUNITY_ID_MALFORMED,
                    NOT_SIGNED_BY_FOUNDER,
                    COMMUNITY_EXISTS,
                    ACCOUNTS_NOT_DISTINCT,
                    CLEARING_IN_USE,
                    NOT_SIGNED_BY_SETTLER,
                    SPAN_OUT_OF_RANGE,
                    INTERVALS_OUT_OF_RANGE,
                    TOTALS_OF_TOO_FEW_METERS,
                    TOTALS_INCONSISTENT,
                    DAY_ALREADY_SETTLED,
                    CLAIMS_OUT_OF_ORDER,
                    CLAIM_IS_ZERO,
                    CLAIM_NOT_WHOLE_CENTS,
                    CLAIM_ON_CLEARING,
                    CLAIMS_UNBALANCED,
                    AMOUNT_OVERFLOW,
                    SPAN_IN_ANOTHER_DAY,
                    SETTLERS_INVALID,
                    PROPOSED_ALREADY,
                    ATTESTED_ALREADY,
                    DISSENT_AGREES,
                    TOO_MANY_CLAIMS,
                    DAY_OUT_OF_REACH ->
                    false;
        };
    }
}
