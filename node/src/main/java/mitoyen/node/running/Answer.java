package mitoyen.node.running;

import mitoyen.ledger.proof.Digest;

/// What a sender is told of a transaction. All but [Unknown] are final.
public sealed interface Answer {
    /// It is in a durable block, with this outcome.
    ///
    /// @param height the block's height
    /// @param index its place among the block's transactions, from 0
    /// @param entry what came of it
    record InBlock(long height, int index, CommittedBlock.Entry entry) implements Answer {}

    /// It is in a block already, under the same id.
    ///
    /// @param id in hexadecimal
    /// @param sent the SHA-256 of the bytes
    record Exists(String id, Digest sent) implements Answer {}

    /// It was refused before it came to a block: its bytes are no transaction of this ledger.
    record NotOrdered(Refusal refusal) implements Answer {}

    /// The node halted while it was under way: it may be on the ledger, or not. Whoever sends the
    /// same again later learns it.
    record Unknown() implements Answer {}
}
