package mitoyen.node.running;

import mitoyen.ledger.proof.LogRoot;

/// That validators signed another root over the ledger's blocks than this node came to (`CE-17`):
/// the one thing that must never be.
///
/// @param own what this node came to
/// @param signed what more than two thirds of the validators' power signed
public record Divergence(LogRoot own, LogRoot signed) {
    /// In one line.
    @Override
    public String toString() {
        return "block %d: this node has the root %s, and validators signed %s of %d blocks"
                .formatted(own.size(), own.root(), signed.root(), signed.size());
    }
}
