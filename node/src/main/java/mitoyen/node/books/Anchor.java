package mitoyen.node.books;

import mitoyen.consensus.Hash;

/// Where a ledger stood: whoever keeps it can tell later whether anything before was altered.
///
/// @param height the height of the last block
/// @param transactions how many transactions all blocks hold, but those that were not executed
///   since blocks below them were pruned
/// @param root the Merkle tree hash (RFC 9162) over the hashes of all blocks up to that height
public record Anchor(long height, long transactions, Hash root) {}
