package mitoyen.ledger.machine;

import mitoyen.ledger.proof.Digest;

/// A request to the ledger, as it is signed (LE-52).
///
/// @param id made by the sender
/// @param ledger the hash of the genesis of the ledger it is for
/// @param version the protocol version whose rules it is made for
/// @param step what it asks for
public record Transaction(TransactionId id, Digest ledger, int version, Step step) {}
