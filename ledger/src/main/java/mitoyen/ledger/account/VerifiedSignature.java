package mitoyen.ledger.account;

import java.util.Optional;
import mitoyen.ledger.proof.Digest;

/// A signature that holds, and how it was given.
///
/// @param key whose it is
/// @param assertion what a passkey said beside it; empty for a plain signature
public record VerifiedSignature(SignerKey key, Optional<Assertion> assertion) {
    /// A plain signature.
    public static VerifiedSignature plain(SignerKey key) {
        return new VerifiedSignature(key, Optional.empty());
    }

    /// What a passkey asserts (WebAuthn): that its user was present, which is always required, and
    /// this.
    ///
    /// @param relyingParty the SHA-256 of the site that it was made for
    /// @param userVerified whether the user was verified, by a PIN or a finger
    public record Assertion(Digest relyingParty, boolean userVerified) {}
}
