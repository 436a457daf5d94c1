package mitoyen.ledger.light;

import mitoyen.ledger.proof.Digest;

/// What a header says of the block before it.
public record PreviousBlock(Digest hash, BlockParts parts) {}
