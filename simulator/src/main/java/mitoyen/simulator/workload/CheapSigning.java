package mitoyen.simulator.workload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.signature.PasskeyAssertion;
import mitoyen.ledger.signature.PasskeyVerdict;
import mitoyen.ledger.signature.PasskeyVerdict.Reason;
import mitoyen.ledger.signature.RelyingParty;
import mitoyen.ledger.wire.SignatureRule;

/// Signatures that anyone could make: a hash over key and message. They bind both as a real one
/// does, and cost a hundredth of it. What a passkey asserts beside it is checked as it is in
/// earnest (LE-147, LE-148).
public final class CheapSigning implements Signing, SignatureRule {
    private static final int INVALID = 0xff;
    private static final int COMPRESSED = 2;
    private static final int SITE_BYTES = 32;
    private static final int SHORTEST_DATA = 37;
    private static final int LONGEST = 1_024;

    private static final List<SignerKey> KEYS =
            IntStream.range(0, Workload.KEYS).mapToObj(CheapSigning::make).toList();

    @Override
    public SignerKey key(int number) {
        return KEYS.get(number);
    }

    @Override
    public SignerKey validatorKey(int number) {
        ByteBuffer key = ByteBuffer.allocate(SignerKey.LENGTH).put((byte) 1);
        return new SignerKey(ByteString.of(key.putInt(number).array()));
    }

    @Override
    public SignerKey invalidKey() {
        byte[] key = new byte[SignerKey.LENGTH];
        key[0] = (byte) INVALID;
        return new SignerKey(ByteString.of(key));
    }

    @Override
    public ByteString sign(int number, byte[] message) {
        return signature(key(number), message);
    }

    @Override
    public SignatureRule rule() {
        return this;
    }

    @Override
    public boolean isValid(SignerKey key) {
        int first = key.bytes().at(0);
        return key.isP256() ? first == COMPRESSED : first != INVALID;
    }

    @Override
    public boolean holds(SignerKey key, byte[] message, ByteString signature) {
        return isValid(key) && signature(key, message).equals(signature);
    }

    @Override
    public PasskeyVerdict passkey(
            SignerKey key, byte[] challenge, RelyingParty site, PasskeyAssertion assertion) {
        byte[] data = assertion.authenticatorData().toBytes();
        byte[] client = assertion.clientData().toBytes();
        if (data.length < SHORTEST_DATA || data.length > LONGEST || client.length > LONGEST) {
            return new PasskeyVerdict.Refused(Reason.SIZE_OUT_OF_RANGE);
        }
        if (!ByteString.of(data, 0, SITE_BYTES).equals(site.idHash())) {
            return new PasskeyVerdict.Refused(Reason.FOR_ANOTHER_SITE);
        }
        boolean[] flags = flags(data[SITE_BYTES]);
        if (!flags[0]) {
            return new PasskeyVerdict.Refused(Reason.USER_NOT_PRESENT);
        }
        if (flags[6] || (flags[4] && !flags[3]) || flags[7] == (data.length == SHORTEST_DATA)) {
            return new PasskeyVerdict.Refused(Reason.FLAGS_INCONSISTENT);
        }
        if (site.origins().stream().noneMatch(origin -> isFrom(origin, challenge, client))) {
            return new PasskeyVerdict.Refused(Reason.CLIENT_DATA_DIFFERS);
        }
        byte[] signed = Authenticator.signed(data, client);
        return holds(key, signed, assertion.signature())
                ? new PasskeyVerdict.Holds(flags[2], flags[4])
                : new PasskeyVerdict.Refused(Reason.SIGNATURE_INVALID);
    }

    /// The bits of a byte, the least one first.
    private static boolean[] flags(byte value) {
        boolean[] bits = new boolean[Byte.SIZE];
        for (int bit = 0; bit < bits.length; bit++) {
            bits[bit] = (value >> bit & 1) == 1;
        }
        return bits;
    }

    private static boolean isFrom(String origin, byte[] challenge, byte[] client) {
        String named = Base64.getUrlEncoder().withoutPadding().encodeToString(challenge);
        String begin =
                "{\"type\":\"webauthn.get\",\"challenge\":\""
                        + named
                        + "\",\"origin\":\""
                        + origin
                        + "\",\"crossOrigin\":false";
        String text = new String(client, StandardCharsets.ISO_8859_1);
        return text.startsWith(begin + "}") || text.startsWith(begin + ",");
    }

    private static SignerKey make(int number) {
        ByteBuffer key =
                number < FIRST_P256
                        ? ByteBuffer.allocate(SignerKey.LENGTH)
                        : ByteBuffer.allocate(SignerKey.P256_LENGTH).put((byte) COMPRESSED);
        return new SignerKey(ByteString.of(key.putInt(number).array()));
    }

    private static ByteString signature(SignerKey key, byte[] message) {
        byte[] hash = Sha256.of(key.bytes().toBytes(), message).toBytes();
        return ByteString.of(ByteBuffer.allocate(2 * hash.length).put(hash).put(hash).array());
    }
}
