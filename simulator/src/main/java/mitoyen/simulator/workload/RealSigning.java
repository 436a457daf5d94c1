package mitoyen.simulator.workload;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.signature.Ed25519;
import mitoyen.ledger.signature.P256;
import mitoyen.ledger.signature.PasskeyAssertion;
import mitoyen.ledger.signature.PasskeyVerdict;
import mitoyen.ledger.signature.RelyingParty;
import mitoyen.ledger.signature.SignatureChecker;
import mitoyen.ledger.wire.SignatureRule;

/// Ed25519, P-256 and passkeys as the ledger checks them; what was checked once is remembered, so
/// that a replay does not pay for it again.
public final class RealSigning implements Signing, SignatureRule {
    private static final int REMEMBERED = 4096;
    private static final SignatureRule LEDGER =
            SignatureRule.checkedBy(SignatureChecker.forMany(4 * Workload.KEYS));

    private final SequencedMap<Integer, Signatory> signatories = new LinkedHashMap<>();
    private final Map<Digest, Boolean> checked = new Remembered<>();
    private final Map<Digest, PasskeyVerdict> asserted = new Remembered<>();

    @Override
    public SignerKey key(int number) {
        return signatory(number).key();
    }

    @Override
    public SignerKey validatorKey(int number) {
        return signatory(-1 - number).key();
    }

    /// The neutral element: canonical, and of order 1.
    @Override
    public SignerKey invalidKey() {
        byte[] key = new byte[SignerKey.LENGTH];
        key[0] = 1;
        return new SignerKey(ByteString.of(key));
    }

    @Override
    public ByteString sign(int number, byte[] message) {
        Signatory signatory = signatory(number);
        byte[] secret = signatory.secret().toBytes();
        return ByteString.of(
                number < FIRST_P256
                        ? Ed25519.sign(secret, signatory.key().bytes().toBytes(), message)
                        : P256.sign(secret, message));
    }

    @Override
    public SignatureRule rule() {
        return this;
    }

    @Override
    public boolean isValid(SignerKey key) {
        return checked.computeIfAbsent(Sha256.of(key.bytes().toBytes()), _ -> LEDGER.isValid(key));
    }

    @Override
    public boolean holds(SignerKey key, byte[] message, ByteString signature) {
        return checked.computeIfAbsent(
                Sha256.of(key.bytes().toBytes(), message, signature.toBytes()),
                _ -> LEDGER.holds(key, message, signature));
    }

    @Override
    public PasskeyVerdict passkey(
            SignerKey key, byte[] challenge, RelyingParty site, PasskeyAssertion assertion) {
        byte[] data = assertion.authenticatorData().toBytes();
        return asserted.computeIfAbsent(
                Sha256.of(
                        key.bytes().toBytes(),
                        challenge,
                        ByteBuffer.allocate(Integer.BYTES).putInt(data.length).array(),
                        data,
                        assertion.signature().toBytes(),
                        assertion.clientData().toBytes()),
                _ -> LEDGER.passkey(key, challenge, site, assertion));
    }

    private Signatory signatory(int number) {
        return signatories.computeIfAbsent(number, Signatory::of);
    }

    private record Signatory(ByteString secret, SignerKey key) {
        static Signatory of(int number) {
            byte[] secret = Sha256.of(ByteBuffer.allocate(4).putInt(number).array()).toBytes();
            byte[] key = number < FIRST_P256 ? Ed25519.keyOf(secret) : P256.keyOf(secret);
            return new Signatory(ByteString.of(secret), new SignerKey(ByteString.of(key)));
        }
    }

    /// The last few thousand verdicts.
    private static final class Remembered<T> extends LinkedHashMap<Digest, T> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, T> eldest) {
            return size() > REMEMBERED;
        }
    }
}
