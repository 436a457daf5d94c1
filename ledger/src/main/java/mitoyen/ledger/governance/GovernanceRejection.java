package mitoyen.ledger.governance;

/// Why a change of validators is refused, the first reason in this order (LE-175).
///
/// The numbers are kept for good.
public enum GovernanceRejection {
    /// It is not sent by the council's account, or its signatures do not reach the threshold.
    NOT_THE_COUNCIL(1),
    /// The council closed its account.
    COUNCIL_CLOSED(2),
    /// The power is below 0 or above 2^40.
    POWER_OUT_OF_RANGE(3),
    /// Who is to leave has no seat.
    VALIDATOR_NOT_FOUND(4),
    /// Who is to leave is the last validator.
    LAST_VALIDATOR(5),
    /// There are as many validators as there may be.
    TOO_MANY_VALIDATORS(6),
    /// There is evidence against the key.
    VALIDATOR_BARRED(7);

    private final int number;

    GovernanceRejection(int number) {
        this.number = number;
    }

    /// The number that receipts hold.
    public int number() {
        return number;
    }

    /// Whether the same content may be accepted once others were.
    public boolean mayPassLater() {
        return switch (this) {
            case NOT_THE_COUNCIL, VALIDATOR_NOT_FOUND, LAST_VALIDATOR, TOO_MANY_VALIDATORS -> true;
            case COUNCIL_CLOSED, POWER_OUT_OF_RANGE, VALIDATOR_BARRED -> false;
        };
    }
}
