package mitoyen.node.running;

import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.Proof;

/// A proof, and what it leads to.
///
/// @param root what must be trusted for the proof to prove anything: it is not in the proof, and
///   whoever checks it should have it from elsewhere (LE-168)
public record Proven(Proof proof, LogRoot root) {}
