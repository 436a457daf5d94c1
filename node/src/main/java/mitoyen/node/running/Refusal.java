package mitoyen.node.running;

/// Why the ledger refuses a transaction.
///
/// @param module who refuses: `transaction`, or a contract such as `energy`
/// @param number the reason's number there, as receipts hold it; stable
/// @param name the reason's name, such as `SIGNATURE_INVALID`
/// @param mayPassLater whether the same transaction may be accepted once others were
public record Refusal(String module, int number, String name, boolean mayPassLater) {}
