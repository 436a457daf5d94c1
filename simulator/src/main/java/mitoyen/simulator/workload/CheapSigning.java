package mitoyen.simulator.workload;

import java.nio.ByteBuffer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.signature.PasskeyAssertion;
import mitoyen.ledger.signature.PasskeyVerdict;
import mitoyen.ledger.signature.RelyingParty;
import mitoyen.ledger.wire.SignatureRule;

/// Signatures that anyone could make: a hash over key and message. They bind both as a real one
/// does, and cost a hundredth of it.
public final class CheapSigning implements Signing, SignatureRule {
    private static final int INVALID = 0xff;

    @Override
    public SignerKey key(int person) {
        byte[] key = ByteBuffer.allocate(SignerKey.LENGTH).putInt(person).array();
        return new SignerKey(ByteString.of(key));
    }

    @Override
    public SignerKey invalidKey() {
        byte[] key = new byte[SignerKey.LENGTH];
        key[0] = (byte) INVALID;
        return new SignerKey(ByteString.of(key));
    }

    @Override
    public ByteString sign(int person, byte[] message) {
        return signature(key(person), message);
    }

    @Override
    public SignatureRule rule() {
        return this;
    }

    @Override
    public boolean isValid(SignerKey key) {
        return key.bytes().at(0) != INVALID;
    }

    @Override
    public boolean holds(SignerKey key, byte[] message, ByteString signature) {
        return isValid(key) && signature(key, message).equals(signature);
    }

    /// There is no cheap passkey.
    @Override
    public PasskeyVerdict passkey(
            SignerKey key, byte[] challenge, RelyingParty site, PasskeyAssertion assertion) {
        return new PasskeyVerdict.Refused(PasskeyVerdict.Reason.SIGNATURE_INVALID);
    }

    private static ByteString signature(SignerKey key, byte[] message) {
        byte[] hash = Sha256.of(key.bytes().toBytes(), message).toBytes();
        return ByteString.of(ByteBuffer.allocate(2 * hash.length).put(hash).put(hash).array());
    }
}
