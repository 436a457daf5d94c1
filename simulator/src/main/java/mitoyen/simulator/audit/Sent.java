package mitoyen.simulator.audit;

import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.proof.Digest;

/// What was sent as one transaction, as whoever made it meant it: the auditor decodes nothing.
public sealed interface Sent {
    /// The SHA-256 of the bytes, by which the receipt names them.
    Digest digest();

    /// Bytes made so that they are refused whatever they ask for.
    ///
    /// @param version the protocol version whose form they have, or would have
    /// @param reason the number of the reason (LE-60) under the rules of that version
    record Hopeless(Digest digest, int version, int reason) implements Sent {}

    /// A transaction that is well formed, for this ledger, and signed.
    ///
    /// @param content the hash of what was signed
    /// @param signatures who signed it
    record Request(Digest digest, Digest content, Signatures signatures, Transaction transaction)
            implements Sent {}
}
