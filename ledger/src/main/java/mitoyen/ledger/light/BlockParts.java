package mitoyen.ledger.light;

import mitoyen.ledger.proof.Digest;

/// The parts in which the engine spread a block: validators sign them with the block's hash.
///
/// @param total how many, from 1
/// @param hash over all of them
public record BlockParts(int total, Digest hash) {
    /// @throws IllegalArgumentException if there is none
    public BlockParts {
        if (total < 1) {
            throw new IllegalArgumentException("a block in " + total + " parts");
        }
    }

    byte[] toProto() {
        return new ProtoWriter().varint(1, total).bytes(2, hash.toBytes()).toBytes();
    }

    /// What the engine calls a block: its hash and its parts.
    byte[] blockId(Digest block) {
        return new ProtoWriter().bytes(1, block.toBytes()).message(2, toProto()).toBytes();
    }
}
