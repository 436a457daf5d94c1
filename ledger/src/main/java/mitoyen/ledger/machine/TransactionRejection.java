package mitoyen.ledger.machine;

/// Why bytes that are sent as a transaction are refused whatever they ask for, the first reason in
/// this order (LE-60, LE-95). The numbers are kept for good.
public enum TransactionRejection {
    /// The bundle exceeds its limits or is not the encoding of one.
    BUNDLE_MALFORMED(1),
    /// There are more bytes than the limit.
    TOO_LARGE(2),
    /// The bytes are not the encoding of a signed transaction.
    MALFORMED(3),
    /// It is made for a ledger with another genesis.
    FOR_ANOTHER_LEDGER(4),
    /// It is made for the rules of another protocol version.
    FOR_ANOTHER_VERSION(5),
    /// A key that it would register is no point that may sign.
    KEY_INVALID(6),
    /// A signature does not hold.
    SIGNATURE_INVALID(7),
    /// Its id was taken with another content.
    ID_TAKEN(8),
    /// It was refused before, and its id is burnt: it may be sent again under another.
    ID_BURNT(9),
    /// The block is beyond its last height, or its time is over.
    EXPIRED(10),
    /// It would expire later than the ledger remembers ids.
    EXPIRY_TOO_FAR(11),
    /// Its number in its lane is above the time at which it expires.
    NUMBER_TOO_FAR(19),
    /// Nobody opened the account in whose name it is sent.
    SENDER_UNKNOWN(12),
    /// No key of the account in whose name it is sent has signed it.
    NOT_SIGNED_BY_SENDER(13),
    /// Its lane has this number or a higher one behind it.
    LANE_PASSED(14),
    /// The account has as many lanes as it may.
    TOO_MANY_LANES(15),
    /// The account sent more than its share for now.
    BUCKET_FULL(16),
    /// Rules are activated by someone else than the founder.
    NOT_SIGNED_BY_FOUNDER(17),
    /// The version is not above the one that holds or not known, or its height is not above this
    /// block's, or other rules wait already.
    ACTIVATION_OUT_OF_ORDER(18);

    private final int number;

    TransactionRejection(int number) {
        this.number = number;
    }

    /// The number that receipts hold.
    public int number() {
        return number;
    }

    /// Whether the same content may be accepted once others were, or time has passed.
    public boolean mayPassLater() {
        return switch (this) {
            case SENDER_UNKNOWN, NOT_SIGNED_BY_SENDER, BUCKET_FULL -> true;
            case BUNDLE_MALFORMED,
                    TOO_LARGE,
                    MALFORMED,
                    FOR_ANOTHER_LEDGER,
                    FOR_ANOTHER_VERSION,
                    KEY_INVALID,
                    SIGNATURE_INVALID,
                    ID_TAKEN,
                    ID_BURNT,
                    EXPIRED,
                    EXPIRY_TOO_FAR,
                    NUMBER_TOO_FAR,
                    LANE_PASSED,
                    TOO_MANY_LANES,
                    NOT_SIGNED_BY_FOUNDER,
                    ACTIVATION_OUT_OF_ORDER ->
                    false;
        };
    }
}
