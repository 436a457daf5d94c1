package mitoyen.ledger.wire;

import mitoyen.ledger.machine.TransactionId;

/// The rules of the ledger failed on a transaction: a fault of the program or of the machine, never
/// of the transaction (LE-99). Whoever executes halts rather than skip anything in silence.
public final class ExecutionFault extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /// @param height of the block that was being executed
    /// @param id of the transaction
    ExecutionFault(long height, TransactionId id, Throwable cause) {
        super("block " + height + ", transaction " + id + ": " + cause, cause);
    }
}
