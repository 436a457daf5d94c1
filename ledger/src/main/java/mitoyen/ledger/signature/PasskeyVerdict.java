package mitoyen.ledger.signature;

/// What an assertion of a passkey turned out to be.
public sealed interface PasskeyVerdict {
    /// It holds: the key's owner was there and agreed to what was to be signed.
    ///
    /// @param userVerified whether the authenticator made sure who it was, by a PIN or a finger
    /// @param backedUp whether the key is kept in more than one place, by the word of the
    ///   authenticator
    record Holds(boolean userVerified, boolean backedUp) implements PasskeyVerdict {}

    /// It does not hold.
    ///
    /// @param reason the first that applies
    record Refused(Reason reason) implements PasskeyVerdict {}

    /// Why an assertion does not hold, in order of precedence (LE-147 to LE-149).
    enum Reason {
        /// The authenticator's or the browser's data are shorter or longer than any.
        SIZE_OUT_OF_RANGE,
        /// The signature is for another site.
        FOR_ANOTHER_SITE,
        /// Nobody touched the authenticator.
        USER_NOT_PRESENT,
        /// The flags contradict each other, or what follows them.
        FLAGS_INCONSISTENT,
        /// Something else was signed, on another page, or inside one.
        CLIENT_DATA_DIFFERS,
        /// The signature is not the key's.
        SIGNATURE_INVALID
    }
}
