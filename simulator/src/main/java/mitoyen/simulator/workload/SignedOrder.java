package mitoyen.simulator.workload;

import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.simulator.audit.Signatures;

/// A transaction as it is sent, and what its signatures say.
///
/// @param content the hash of what was signed
record SignedOrder(SignedTransaction transaction, Digest content, Signatures signatures) {}
