package mitoyen.ledger.machine;

/// Why bytes that are sent as a transaction are refused whatever they ask for, the first reason in
/// this order (LE-60). The numbers are kept for good.
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
    /// A key that it would register is no point of prime order.
    KEY_INVALID(6),
    /// A signature does not hold.
    SIGNATURE_INVALID(7),
    /// Its id was accepted with another content.
    ID_TAKEN(8);

    private final int number;

    TransactionRejection(int number) {
        this.number = number;
    }

    /// The number that receipts hold.
    public int number() {
        return number;
    }
}
