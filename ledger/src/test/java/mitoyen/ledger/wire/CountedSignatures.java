package mitoyen.ledger.wire;

import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.signature.PasskeyAssertion;
import mitoyen.ledger.signature.PasskeyVerdict;
import mitoyen.ledger.signature.RelyingParty;
import mitoyen.ledger.signature.SignatureChecker;

/// The ledger's rule of signatures, with a count of what it was asked.
final class CountedSignatures implements SignatureRule {
    private final SignatureRule rule = SignatureRule.checkedBy(SignatureChecker.forFew());
    private int signatures;
    private int keys;

    /// How many signatures were checked.
    int signatures() {
        return signatures;
    }

    /// How many keys to be registered were checked.
    int keys() {
        return keys;
    }

    /// Counts from 0 again.
    void reset() {
        signatures = 0;
        keys = 0;
    }

    @Override
    public boolean isValid(SignerKey key) {
        keys++;
        return rule.isValid(key);
    }

    @Override
    public boolean holds(SignerKey key, byte[] message, ByteString signature) {
        signatures++;
        return rule.holds(key, message, signature);
    }

    @Override
    public PasskeyVerdict passkey(
            SignerKey key, byte[] challenge, RelyingParty site, PasskeyAssertion assertion) {
        signatures++;
        return rule.passkey(key, challenge, site, assertion);
    }
}
