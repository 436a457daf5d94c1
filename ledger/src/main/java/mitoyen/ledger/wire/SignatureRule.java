package mitoyen.ledger.wire;

import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.signature.P256;
import mitoyen.ledger.signature.PasskeyAssertion;
import mitoyen.ledger.signature.PasskeyVerdict;
import mitoyen.ledger.signature.RelyingParty;
import mitoyen.ledger.signature.SignatureChecker;

/// When a key and a signature are valid. A ledger that anyone relies on has one rule, that of
/// [#checkedBy]; another is for a simulator that executes millions of transactions nobody forges.
public interface SignatureRule {
    /// The ledger's rule (LE-71, LE-140 to LE-149).
    ///
    /// @param checker which does the arithmetic; whichever it is, the answers are the same
    static SignatureRule checkedBy(SignatureChecker checker) {
        return new SignatureRule() {
            @Override
            public boolean isValid(SignerKey key) {
                return key.isP256() ? P256.isKey(key.bytes().toBytes()) : Ed25519.isValid(key);
            }

            @Override
            public boolean holds(SignerKey key, byte[] message, ByteString signature) {
                byte[] bytes = key.bytes().toBytes();
                return key.isP256()
                        ? checker.p256(bytes, message, signature.toBytes())
                        : checker.ed25519(bytes, message, signature.toBytes());
            }

            @Override
            public PasskeyVerdict passkey(
                    SignerKey key,
                    byte[] challenge,
                    RelyingParty site,
                    PasskeyAssertion assertion) {
                return checker.passkey(key.bytes().toBytes(), challenge, site, assertion);
            }
        };
    }

    /// Whether a key may be registered.
    boolean isValid(SignerKey key);

    /// Whether the key is valid and the signature is one of the message by it.
    ///
    /// @param signature 64 bytes
    boolean holds(SignerKey key, byte[] message, ByteString signature);

    /// Whether the key is valid and a passkey's, and its assertion signs a challenge for a site.
    ///
    /// @param challenge 32 bytes
    PasskeyVerdict passkey(
            SignerKey key, byte[] challenge, RelyingParty site, PasskeyAssertion assertion);
}
