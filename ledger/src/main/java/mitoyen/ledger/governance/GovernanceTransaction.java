package mitoyen.ledger.governance;

import mitoyen.ledger.account.SignerKey;

/// What the council may ask for (LE-173).
public sealed interface GovernanceTransaction {
    /// Gives a validator a seat, another power or another name, or takes its seat.
    ///
    /// @param key by which it signs blocks, an Ed25519 one
    /// @param power the weight of its votes; 0 takes its seat
    /// @param name what people call it, at most 40 bytes; of no meaning where it leaves
    record SetValidator(SignerKey key, long power, String name) implements GovernanceTransaction {}
}
