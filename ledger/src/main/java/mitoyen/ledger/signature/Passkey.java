package mitoyen.ledger.signature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.signature.PasskeyVerdict.Reason;

/// Signatures by passkeys (WebAuthn Level 3): a person's phone or computer signs that its user was
/// there and agreed to a hash, on a page of a site.
///
/// The counter in the authenticator's data is not looked at: a key that is kept on several devices
/// has none that grows, and a ledger takes each transaction once anyway.
public final class Passkey {
    /// The length of what is signed, a hash [bytes].
    public static final int CHALLENGE_LENGTH = 32;

    /// The fewest [bytes] of an authenticator's data: a hash, flags, a counter.
    public static final int MIN_AUTHENTICATOR_DATA = 37;

    /// The most [bytes] of an authenticator's data: without extensions they are the fewest, and
    /// extensions are short.
    public static final int MAX_AUTHENTICATOR_DATA = 1024;

    /// The most [bytes] of a browser's data: the longest origin and challenge take half of it.
    public static final int MAX_CLIENT_DATA = 1024;

    private static final int FLAGS_AT = RelyingParty.ID_HASH_LENGTH;
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int BACKUP_ELIGIBLE = 0x08;
    private static final int BACKED_UP = 0x10;
    private static final int ATTESTED = 0x40;
    private static final int EXTENDED = 0x80;

    private Passkey() {}

    /// Whether an assertion signs a challenge for a site.
    static PasskeyVerdict verify(
            Arithmetic arithmetic,
            byte[] key,
            byte[] challenge,
            RelyingParty site,
            PasskeyAssertion assertion) {
        if (challenge.length != CHALLENGE_LENGTH) {
            throw new IllegalArgumentException("a challenge of " + challenge.length + " bytes");
        }
        Optional<Reason> reason = refusal(challenge, site, assertion);
        if (reason.isPresent()) {
            return new PasskeyVerdict.Refused(reason.get());
        }
        byte[] authenticatorData = assertion.authenticatorData().toBytes();
        byte[] clientDataHash = Sha256.of(assertion.clientData().toBytes());
        byte[] signed =
                Arrays.copyOf(authenticatorData, authenticatorData.length + clientDataHash.length);
        System.arraycopy(
                clientDataHash, 0, signed, authenticatorData.length, clientDataHash.length);
        if (!P256.verify(arithmetic, key, signed, assertion.signature().toBytes())) {
            return new PasskeyVerdict.Refused(Reason.SIGNATURE_INVALID);
        }
        int flags = assertion.authenticatorData().at(FLAGS_AT);
        return new PasskeyVerdict.Holds((flags & USER_VERIFIED) != 0, (flags & BACKED_UP) != 0);
    }

    /// What is wrong with what is signed; nothing is hashed for it.
    private static Optional<Reason> refusal(
            byte[] challenge, RelyingParty site, PasskeyAssertion assertion) {
        ByteString data = assertion.authenticatorData();
        if (data.length() < MIN_AUTHENTICATOR_DATA
                || data.length() > MAX_AUTHENTICATOR_DATA
                || assertion.clientData().length() > MAX_CLIENT_DATA) {
            return Optional.of(Reason.SIZE_OUT_OF_RANGE);
        }
        if (!site.idHash().equals(ByteString.of(data.toBytes(), 0, FLAGS_AT))) {
            return Optional.of(Reason.FOR_ANOTHER_SITE);
        }
        int flags = data.at(FLAGS_AT);
        if ((flags & USER_PRESENT) == 0) {
            return Optional.of(Reason.USER_NOT_PRESENT);
        }
        if (!isConsistent(flags, data.length())) {
            return Optional.of(Reason.FLAGS_INCONSISTENT);
        }
        byte[] clientData = assertion.clientData().toBytes();
        boolean expected =
                site.origins().stream()
                        .anyMatch(origin -> isClientData(clientData, challenge, origin));
        return expected ? Optional.empty() : Optional.of(Reason.CLIENT_DATA_DIFFERS);
    }

    /// Whether the flags agree with each other and with the length (WebAuthn, section 6.1): only a
    /// key that may be backed up is; no key is attested when it signs; what follows is extensions.
    /// Those are signed, and change nothing here. Flags that have no meaning yet may be set.
    private static boolean isConsistent(int flags, int length) {
        boolean backup = (flags & BACKED_UP) == 0 || (flags & BACKUP_ELIGIBLE) != 0;
        boolean extended = (flags & EXTENDED) != 0;
        return backup && (flags & ATTESTED) == 0 && extended == length > MIN_AUTHENTICATOR_DATA;
    }

    /// The limited verification algorithm of WebAuthn, section 5.8.1.2: every browser writes these
    /// members first and in this form, so that what must be there is found without reading JSON.
    private static boolean isClientData(byte[] clientData, byte[] challenge, String origin) {
        byte[] expected =
                ("{\"type\":\"webauthn.get\",\"challenge\":\""
                                + Base64.getUrlEncoder().withoutPadding().encodeToString(challenge)
                                + "\",\"origin\":\""
                                + origin
                                + "\",\"crossOrigin\":false")
                        .getBytes(StandardCharsets.US_ASCII);
        return clientData.length > expected.length
                && Arrays.equals(clientData, 0, expected.length, expected, 0, expected.length)
                && (clientData[expected.length] == '}' || clientData[expected.length] == ',');
    }
}
