package mitoyen.consensus;

/// That a validator of an engine broke its protocol, as the engine proved it.
///
/// @param kind what it did
/// @param validator its address: the first 20 bytes of the SHA-256 of its key, in lower-case
///   hexadecimal
/// @param height of the engine's block at which it did so
/// @param timeMillis the time of that block [ms since 1970]
public record Misconduct(Kind kind, String validator, long height, long timeMillis) {
    /// What a validator did.
    public enum Kind {
        /// Voted twice in one round.
        DOUBLE_SIGNING,
        /// Signed a header for light clients that is not the ledger's.
        LIGHT_CLIENT_ATTACK
    }
}
