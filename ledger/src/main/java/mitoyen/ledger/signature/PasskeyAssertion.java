package mitoyen.ledger.signature;

import mitoyen.ledger.cbor.ByteString;

/// What a passkey hands out when its user agrees to sign (WebAuthn, section 5.2.2), as it came and
/// unchecked.
///
/// @param authenticatorData what the authenticator says: for which site, and that its user was
///   there
/// @param clientData what the browser says, as JSON: what was signed, and on which page
/// @param signature over both, r and s side by side
public record PasskeyAssertion(
        ByteString authenticatorData, ByteString clientData, ByteString signature) {}
