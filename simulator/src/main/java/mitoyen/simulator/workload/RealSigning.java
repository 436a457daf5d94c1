package mitoyen.simulator.workload;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.signature.PasskeyAssertion;
import mitoyen.ledger.signature.PasskeyVerdict;
import mitoyen.ledger.signature.RelyingParty;
import mitoyen.ledger.signature.SignatureChecker;
import mitoyen.ledger.wire.Ed25519;
import mitoyen.ledger.wire.SignatureRule;

/// Ed25519 as the ledger checks it; what was checked once is remembered, so that a replay does not
/// pay for it again.
public final class RealSigning implements Signing, SignatureRule {
    private static final int REMEMBERED = 4096;
    private static final SignatureRule LEDGER = SignatureRule.checkedBy(SignatureChecker.forFew());

    private final SequencedMap<Integer, Person> people = new LinkedHashMap<>();
    private final Map<Digest, Boolean> checked =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Digest, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };

    @Override
    public SignerKey key(int person) {
        return person(person).key();
    }

    /// The neutral element: canonical, and of order 1.
    @Override
    public SignerKey invalidKey() {
        byte[] key = new byte[SignerKey.LENGTH];
        key[0] = 1;
        return new SignerKey(ByteString.of(key));
    }

    @Override
    public ByteString sign(int person, byte[] message) {
        return Ed25519.sign(person(person).seed().toBytes(), message);
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
        return LEDGER.passkey(key, challenge, site, assertion);
    }

    private Person person(int number) {
        return people.computeIfAbsent(number, Person::of);
    }

    private record Person(ByteString seed, SignerKey key) {
        static Person of(int number) {
            byte[] seed = Sha256.of(ByteBuffer.allocate(4).putInt(number).array()).toBytes();
            return new Person(ByteString.of(seed), Ed25519.keyOf(seed));
        }
    }
}
