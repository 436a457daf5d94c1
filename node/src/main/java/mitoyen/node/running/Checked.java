package mitoyen.node.running;

import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.Digest;

/// Bytes that were looked at once, without any state, and need not be again before they are
/// executed.
sealed interface Checked {
    /// A transaction for this ledger whose signatures all hold.
    ///
    /// @param id in hexadecimal
    /// @param sent the SHA-256 of the bytes
    /// @param rules under which it was verified
    record Valid(
            ByteString bytes, String id, Digest sent, VerifiedTransaction verified, Rules rules)
            implements Checked {}

    /// Nothing for this ledger.
    record Invalid(Refusal refusal) implements Checked {}

    /// The verification itself failed: a fault of the program.
    record Failed(Throwable fault) implements Checked {}
}
