package mitoyen.node.client;

import mitoyen.ledger.proof.Digest;

/// What a node says of its ledger.
///
/// @param ledger the hash of its genesis
/// @param height of its last block, 0 before the first
/// @param timeMillis of that block [ms since 1970]; 0 before the first
/// @param version the protocol version whose rules hold for the next block
public record LedgerStatus(Digest ledger, long height, long timeMillis, int version) {}
