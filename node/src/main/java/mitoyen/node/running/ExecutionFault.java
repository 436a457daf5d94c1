package mitoyen.node.running;

/// The rules of the ledger failed on a transaction: a fault of the program, never of the
/// transaction. The node halts rather than skip anything in silence.
final class ExecutionFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param height of the block that was being executed
    /// @param id of the transaction, in hexadecimal
    ExecutionFault(long height, String id, Throwable cause) {
        super("block " + height + ", transaction " + id + ": " + cause, cause);
    }
}
