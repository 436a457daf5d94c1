package mitoyen.simulator.workload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.wire.SignedTransaction.Passkey;
import mitoyen.ledger.wire.SignedTransaction.Signature;
import mitoyen.simulator.audit.Signatures.Assertion;
import mitoyen.simulator.model.Chance;

/// Phones and browsers in software: what they make of a challenge (WebAuthn Level 3), in each of
/// the ways in which that holds, and wrong in each that LE-147 to LE-149 refuse.
final class Authenticator {
    /// The pages on which people sign.
    static final List<String> ORIGINS =
            List.of("https://rue.example", "https://m.rue.example:8443");

    /// The hashes of the sites to which passkeys are bound.
    static final List<Digest> SITES =
            List.of(hash(utf8("rue.example")), hash(utf8("place.example")));

    private static final int SITE_BYTES = 32;
    private static final int COUNTER_BYTES = 4;

    private static final int USER_PRESENT = 0x01;
    private static final int RESERVED = 0x22;
    private static final int USER_VERIFIED = 0x04;
    private static final int MAY_BE_BACKED_UP = 0x08;
    private static final int BACKED_UP = 0x10;
    private static final int ATTESTED = 0x40;
    private static final int EXTENDED = 0x80;

    private static final String GET = "webauthn.get";
    private static final int WAYS_TO_BE_WRONG = 16;

    private final Chance chance;
    private final Signing signing;

    Authenticator(Chance chance, Signing signing) {
        this.chance = chance;
        this.signing = signing;
    }

    /// What is asserted, and the signature that says so.
    record Asserted(Signature signature, Assertion assertion) {}

    /// Agrees to a message, for the site that the key is bound to or seldom for another.
    ///
    /// @param number of a key of P-256
    Asserted agree(int number, byte[] message) {
        Digest site = chance.happens(14, 15) ? site(number) : chance.oneOf(SITES);
        boolean verified = chance.happens(1, 2);
        byte[] extensions = chance.happens(1, 8) ? chance.bytes(1 + chance.below(40)) : new byte[0];
        int flags = USER_PRESENT | (verified ? USER_VERIFIED : 0);
        flags |= chance.oneOf(List.of(0, 0, MAY_BE_BACKED_UP, MAY_BE_BACKED_UP | BACKED_UP));
        flags |= chance.happens(1, 8) ? RESERVED : 0;
        flags |= extensions.length > 0 ? EXTENDED : 0;
        String end =
                switch (chance.below(4)) {
                    case 0 -> ",\"tokenBinding\":{\"status\":\"supported\"}}";
                    case 1 -> ",";
                    default -> "}";
                };
        Signature signature =
                signature(
                        number,
                        authenticatorData(site, flags, extensions),
                        utf8(begin(GET, challenge(message), chance.oneOf(ORIGINS), false) + end));
        return new Asserted(signature, new Assertion(site, verified));
    }

    /// An assertion that does not hold.
    Signature fail(int number, byte[] message) {
        int flags = USER_PRESENT | USER_VERIFIED;
        byte[] extensions = new byte[0];
        String type = GET;
        String challenge = challenge(message);
        String origin = ORIGINS.getFirst();
        boolean cross = false;
        String end = "}";
        int wrong = chance.below(WAYS_TO_BE_WRONG);
        switch (wrong) {
            case 0 -> flags ^= USER_PRESENT;
            case 1 -> flags |= ATTESTED;
            case 2 -> flags |= BACKED_UP;
            case 3 -> flags |= EXTENDED;
            case 4 -> extensions = chance.bytes(3);
            case 5 -> type = "webauthn.create";
            case 6 -> challenge = challenge(chance.bytes(SITE_BYTES));
            case 7 -> challenge += "=";
            case 8 -> origin = "https://rue.example.net";
            case 9 -> cross = true;
            case 10 -> end = "";
            case 11 -> end = " }";
            default -> {}
        }
        byte[] data = authenticatorData(site(number), flags, extensions);
        byte[] client = utf8(begin(type, challenge, origin, cross) + end);
        if (wrong == 12) {
            int shortest = chance.happens(1, 2) ? 0 : SITE_BYTES;
            data = Arrays.copyOf(data, chance.from(shortest, data.length - 1));
        }
        Signature good = signature(number, data, client);
        return switch (wrong) {
            case 13 -> new Signature(good.key(), flipped(good.signature()), good.passkey());
            case 14 -> with(good, flipped(ByteString.of(data)), ByteString.of(client));
            case 15 ->
                    with(
                            good,
                            ByteString.of(data),
                            ByteString.of(Arrays.copyOf(client, client.length + 1)));
            default -> good;
        };
    }

    /// An assertion with more bytes than one may have, in either part.
    Signature oversize(int number, byte[] message) {
        Signature good = agree(number, message).signature();
        ByteString large = ByteString.of(new byte[1_025]);
        return chance.happens(1, 2)
                ? with(good, large, good.passkey().orElseThrow().clientData())
                : with(good, good.passkey().orElseThrow().authenticatorData(), large);
    }

    /// The site to which a key is bound.
    static Digest site(int number) {
        return SITES.get(number % SITES.size());
    }

    /// What an authenticator signs (WebAuthn, section 6.3.3).
    static byte[] signed(byte[] authenticatorData, byte[] clientData) {
        byte[] hash = hash(clientData).toBytes();
        byte[] signed = Arrays.copyOf(authenticatorData, authenticatorData.length + hash.length);
        System.arraycopy(hash, 0, signed, authenticatorData.length, hash.length);
        return signed;
    }

    private Signature signature(int number, byte[] data, byte[] client) {
        return new Signature(
                signing.key(number),
                signing.sign(number, signed(data, client)),
                Optional.of(new Passkey(ByteString.of(data), ByteString.of(client))));
    }

    private static Signature with(Signature signature, ByteString data, ByteString client) {
        return new Signature(
                signature.key(), signature.signature(), Optional.of(new Passkey(data, client)));
    }

    private byte[] authenticatorData(Digest site, int flags, byte[] extensions) {
        byte[] data =
                Arrays.copyOf(site.toBytes(), SITE_BYTES + 1 + COUNTER_BYTES + extensions.length);
        data[SITE_BYTES] = (byte) flags;
        System.arraycopy(chance.bytes(COUNTER_BYTES), 0, data, SITE_BYTES + 1, COUNTER_BYTES);
        System.arraycopy(extensions, 0, data, SITE_BYTES + 1 + COUNTER_BYTES, extensions.length);
        return data;
    }

    private ByteString flipped(ByteString value) {
        byte[] bytes = value.toBytes();
        bytes[chance.below(bytes.length)] ^= (byte) (1 << chance.below(Byte.SIZE));
        return ByteString.of(bytes);
    }

    private static String challenge(byte[] message) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash(message).toBytes());
    }

    private static String begin(String type, String challenge, String origin, boolean cross) {
        return "{\"type\":\""
                + type
                + "\",\"challenge\":\""
                + challenge
                + "\",\"origin\":\""
                + origin
                + "\",\"crossOrigin\":"
                + cross;
    }

    private static Digest hash(byte[] bytes) {
        return Sha256.of(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
