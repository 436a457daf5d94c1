package mitoyen.ledger.signature;

import static mitoyen.ledger.signature.Vectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.signature.PasskeyVerdict.Holds;
import mitoyen.ledger.signature.PasskeyVerdict.Reason;
import mitoyen.ledger.signature.PasskeyVerdict.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-147 to LE-149: assertions of passkeys, W3C's and our own.
final class PasskeyTest {
    private static final SignatureChecker CHECKER = SignatureChecker.forMany(1);
    private static final byte[] SECRET = bytes("01".repeat(32));
    private static final byte[] KEY = P256.keyOf(SECRET);
    private static final byte[] CHALLENGE = bytes("ab".repeat(32));
    private static final String ORIGIN = "https://example.org";
    private static final RelyingParty SITE = site("example.org", ORIGIN);
    private static final String CLIENT_DATA = clientData(CHALLENGE, ORIGIN) + "}";

    /// W3C's ten vectors. Stricter than the standard: those with an s above half the order, six of
    /// them, hold only once the page has put the smaller one in its place. Two were made in a frame
    /// of another page, which the ledger does not expect.
    @Test
    void vectorsOfTheStandardHoldWithTheSmallerS() {
        List<String[]> cases = Vectors.of("webauthn.txt");
        assertThat(cases).hasSize(10);
        int larger = 0;
        for (String[] line : cases) {
            byte[] key = P256.keyOf(bytes(line[1]));
            byte[] signature = bytes(line[5]);
            boolean low = Secp256r1.isLow(Secp256r1.number(signature, 1));
            larger += low ? 0 : 1;
            boolean inFrame = line[0].endsWith("Origin");
            PasskeyVerdict raw = verify(key, line, signature);
            PasskeyVerdict lowered = verify(key, line, low ? signature : other(signature));
            if (inFrame) {
                assertThat(lowered).as(line[0]).isEqualTo(new Refused(Reason.CLIENT_DATA_DIFFERS));
            } else {
                int flags = bytes(line[3])[32];
                Holds holds = new Holds((flags & 4) != 0, (flags & 16) != 0);
                assertThat(lowered).as(line[0]).isEqualTo(holds);
                assertThat(raw)
                        .as(line[0])
                        .isEqualTo(low ? holds : new Refused(Reason.SIGNATURE_INVALID));
            }
        }
        assertThat(larger).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                // flags, extensions, and what comes of it
                "01 |          | Holds[userVerified=false, backedUp=false]",
                "05 |          | Holds[userVerified=true, backedUp=false]",
                "0d |          | Holds[userVerified=true, backedUp=false]",
                "1d |          | Holds[userVerified=true, backedUp=true]",
                "19 |          | Holds[userVerified=false, backedUp=true]",
                // with no meaning yet
                "23 |          | Holds[userVerified=false, backedUp=false]",
                "81 | a0       | Holds[userVerified=false, backedUp=false]",
                "85 | a1616101 | Holds[userVerified=true, backedUp=false]",
                "00 |          | Refused[reason=USER_NOT_PRESENT]",
                "04 |          | Refused[reason=USER_NOT_PRESENT]",
                "11 |          | Refused[reason=FLAGS_INCONSISTENT]",
                "41 |          | Refused[reason=FLAGS_INCONSISTENT]",
                "41 | a0       | Refused[reason=FLAGS_INCONSISTENT]",
                "c1 | a0       | Refused[reason=FLAGS_INCONSISTENT]",
                "81 |          | Refused[reason=FLAGS_INCONSISTENT]",
                "01 | a0       | Refused[reason=FLAGS_INCONSISTENT]",
            })
    void flagsMeanWhatTheStandardSays(String flags, String extensions, String verdict) {
        String hash = SITE.idHash().toString();
        String data = hash + flags + "00000000" + (extensions == null ? "" : extensions);
        assertThat(verdict(bytes(data), CLIENT_DATA)).hasToString(verdict);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "}",
                ",\"extraData\":\"more\"}",
                ",\"topOrigin\":\"https://example.com\"}",
                // not JSON any more, but nothing that is looked at
                ",",
            })
    void whatFollowsTheExpectedMembersIsTolerated(String rest) {
        assertThat(verdict(authenticatorData(), clientData(CHALLENGE, ORIGIN) + rest))
                .isInstanceOf(Holds.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"type\":\"webauthn.create\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":true}",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false"
                    + " ",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\"}",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s:8443\",\"crossOrigin\":false}",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"http://example.org\",\"crossOrigin\":false}",
                "{\"type\":\"webauthn.get\",\"challenge\":\"%s=\",\"origin\":\"%s\",\"crossOrigin\":false}",
                "{\"type\":\"webauthn.get\",\"challenge\":\"q6ur\",\"origin\":\"%2$s\",\"crossOrigin\":false}",
                "{\"challenge\":\"%s\",\"type\":\"webauthn.get\",\"origin\":\"%s\",\"crossOrigin\":false}",
                "{ \"type\":\"webauthn.get\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}",
            })
    void otherClientDataAreRefused(String template) {
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(CHALLENGE);
        assertThat(verdict(authenticatorData(), template.formatted(challenge, ORIGIN)))
                .isEqualTo(new Refused(Reason.CLIENT_DATA_DIFFERS));
    }

    @Test
    void eachOfTheSitesOriginsWillDo() {
        RelyingParty site = site("example.org", "https://a.example.org", ORIGIN);
        PasskeyAssertion assertion = assertion(authenticatorData(), CLIENT_DATA);
        assertThat(verdict(site, assertion)).isInstanceOf(Holds.class);
        assertThat(verdict(site("example.org", "https://a.example.org"), assertion))
                .isEqualTo(new Refused(Reason.CLIENT_DATA_DIFFERS));
        assertThat(verdict(site("example.com", ORIGIN), assertion))
                .isEqualTo(new Refused(Reason.FOR_ANOTHER_SITE));
    }

    @Test
    void sizesHaveLimits() {
        byte[] extended = authenticatorData();
        extended[32] |= (byte) 0x80;
        for (int length : List.of(0, 36, Passkey.MAX_AUTHENTICATOR_DATA + 1, 100_000)) {
            assertThat(verdict(Arrays.copyOf(extended, length), CLIENT_DATA))
                    .as("%d bytes", length)
                    .isEqualTo(new Refused(Reason.SIZE_OUT_OF_RANGE));
        }
        assertThat(verdict(Arrays.copyOf(extended, Passkey.MAX_AUTHENTICATOR_DATA), CLIENT_DATA))
                .isInstanceOf(Holds.class);
        String longest = padded(Passkey.MAX_CLIENT_DATA);
        assertThat(verdict(authenticatorData(), longest)).isInstanceOf(Holds.class);
        assertThat(verdict(authenticatorData(), padded(Passkey.MAX_CLIENT_DATA + 1)))
                .isEqualTo(new Refused(Reason.SIZE_OUT_OF_RANGE));
    }

    /// Whatever bit is changed, of whatever is signed or signs, it holds no more.
    @Test
    void anythingElseIsRefused() {
        PasskeyAssertion valid = assertion(authenticatorData(), CLIENT_DATA);
        assertThat(verdict(SITE, valid)).isInstanceOf(Holds.class);
        for (int part = 0; part < 3; part++) {
            byte[] bytes = parts(valid).get(part);
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                byte[] changed = bytes.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(verdict(SITE, with(valid, part, changed)))
                        .as("part %d, bit %d", part, bit)
                        .isInstanceOf(Refused.class);
            }
        }
        assertThat(CHECKER.passkey(P256.keyOf(bytes("02".repeat(32))), CHALLENGE, SITE, valid))
                .isEqualTo(new Refused(Reason.SIGNATURE_INVALID));
        assertThat(CHECKER.passkey(new byte[33], CHALLENGE, SITE, valid))
                .isEqualTo(new Refused(Reason.SIGNATURE_INVALID));
        assertThat(CHECKER.passkey(KEY, bytes("cd".repeat(32)), SITE, valid))
                .isEqualTo(new Refused(Reason.CLIENT_DATA_DIFFERS));
    }

    @Test
    void noBytesThrow() {
        RandomGenerator random = new SplittableRandom(58);
        for (int i = 0; i < 2000; i++) {
            byte[] data = new byte[random.nextInt(60)];
            byte[] client = new byte[random.nextInt(60)];
            byte[] signature = new byte[random.nextInt(80)];
            random.nextBytes(data);
            random.nextBytes(client);
            random.nextBytes(signature);
            SITE.idHash().copyTo(data.length < 32 ? new byte[32] : data, 0);
            assertThat(
                            verdict(
                                    SITE,
                                    new PasskeyAssertion(
                                            ByteString.of(data),
                                            ByteString.of(client),
                                            ByteString.of(signature))))
                    .as("seed 58, %d", i)
                    .isInstanceOf(Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://a b", "https://a\"b", "https://a\\b", "https://é.org"})
    void originsAreWrittenInAscii(String origin) {
        assertThatIllegalArgumentException().isThrownBy(() -> site("example.org", origin));
    }

    @Test
    void aSiteHasALimitOfOriginsAndAHashOfItsName() {
        String[] nine = new String[9];
        Arrays.fill(nine, ORIGIN);
        assertThatIllegalArgumentException().isThrownBy(() -> site("example.org", nine));
        assertThatIllegalArgumentException().isThrownBy(() -> site("example.org"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> site("example.org", "https://" + "a".repeat(248)));
        assertThat(site("example.org", "https://" + "a".repeat(247)).origins()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelyingParty(ByteString.of(new byte[31]), List.of(ORIGIN)));
        PasskeyAssertion valid = assertion(authenticatorData(), CLIENT_DATA);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CHECKER.passkey(KEY, new byte[31], SITE, valid));
    }

    private static PasskeyVerdict verify(byte[] key, String[] line, byte[] signature) {
        PasskeyAssertion assertion =
                new PasskeyAssertion(
                        ByteString.parseHex(line[3]),
                        ByteString.parseHex(line[4]),
                        ByteString.of(signature));
        return CHECKER.passkey(key, bytes(line[2]), SITE, assertion);
    }

    private static PasskeyVerdict verdict(byte[] authenticatorData, String clientData) {
        return verdict(SITE, assertion(authenticatorData, clientData));
    }

    /// What every library says, and they must say the same.
    private static PasskeyVerdict verdict(RelyingParty site, PasskeyAssertion assertion) {
        List<PasskeyVerdict> verdicts =
                Libraries.all().stream()
                        .map(library -> Passkey.verify(library, KEY, CHALLENGE, site, assertion))
                        .distinct()
                        .toList();
        assertThat(verdicts).hasSize(1);
        return verdicts.getFirst();
    }

    /// An assertion as an authenticator would sign it.
    private static PasskeyAssertion assertion(byte[] authenticatorData, String clientData) {
        byte[] client = clientData.getBytes(StandardCharsets.UTF_8);
        byte[] hash = Sha256.of(client);
        byte[] signed = Arrays.copyOf(authenticatorData, authenticatorData.length + hash.length);
        System.arraycopy(hash, 0, signed, authenticatorData.length, hash.length);
        return new PasskeyAssertion(
                ByteString.of(authenticatorData),
                ByteString.of(client),
                ByteString.of(P256.sign(SECRET, signed)));
    }

    private static List<byte[]> parts(PasskeyAssertion assertion) {
        return List.of(
                assertion.authenticatorData().toBytes(),
                assertion.clientData().toBytes(),
                assertion.signature().toBytes());
    }

    private static PasskeyAssertion with(PasskeyAssertion assertion, int part, byte[] bytes) {
        ByteString changed = ByteString.of(bytes);
        return new PasskeyAssertion(
                part == 0 ? changed : assertion.authenticatorData(),
                part == 1 ? changed : assertion.clientData(),
                part == 2 ? changed : assertion.signature());
    }

    private static byte[] authenticatorData() {
        return bytes(SITE.idHash() + "05" + "00000000");
    }

    private static String clientData(byte[] challenge, String origin) {
        return "{\"type\":\"webauthn.get\",\"challenge\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(challenge)
                + "\",\"origin\":\""
                + origin
                + "\",\"crossOrigin\":false";
    }

    private static String padded(int length) {
        String start = clientData(CHALLENGE, ORIGIN) + ",\"pad\":\"";
        return start + "x".repeat(length - start.length() - 2) + "\"}";
    }

    private static byte[] other(byte[] signature) {
        return Secp256r1.join(
                Secp256r1.number(signature, 0),
                WeierstrassModel.ORDER.subtract(Secp256r1.number(signature, 1)));
    }

    private static RelyingParty site(String name, String... origins) {
        byte[] hash = Sha256.of(name.getBytes(StandardCharsets.US_ASCII));
        return new RelyingParty(ByteString.of(hash), List.of(origins));
    }
}
