package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-71: RFC 8032's vectors hold, and every point that verifiers disagree about is refused.
final class Ed25519Test {
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final byte[] SEED = seed(1);
    private static final byte[] NONCE = seed(2);

    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
                + "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
                + "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void vectorsOfRfc8032Hold(String seed, String key, String message, String signature) {
        byte[] secret = HexFormat.of().parseHex(seed);
        byte[] signed = HexFormat.of().parseHex(message);
        assertThat(Ed25519.keyOf(secret)).hasToString(key);
        assertThat(Ed25519.isValid(Ed25519.keyOf(secret))).isTrue();
        assertThat(Ed25519.sign(secret, signed)).hasToString(signature);
        assertThat(Ed25519.verify(key(key), signed, ByteString.parseHex(signature))).isTrue();
    }

    @Test
    void aSignatureWithAnyBitChangedFails() {
        byte[] message = {1, 2, 3};
        byte[] signature = Ed25519.sign(SEED, message).toBytes();
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(verify(Ed25519.keyOf(SEED), message, changed)).as("bit %d", bit).isFalse();
        }
        assertThat(verify(Ed25519.keyOf(SEED), new byte[] {1, 2, 4}, signature)).isFalse();
        assertThat(verify(Ed25519.keyOf(NONCE), message, signature)).isFalse();
        assertThat(verify(Ed25519.keyOf(SEED), message, new byte[63])).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"
            })
    void pointsOfSmallOrderAreNoKeysAndNoPartOfASignature(String point) {
        assertThat(Ed25519.isValid(key(point))).isFalse();
        byte[] forged = new byte[64];
        key(point).bytes().copyTo(forged, 0);
        assertThat(verify(Ed25519.keyOf(SEED), new byte[0], forged)).isFalse();
    }

    @Test
    void encodingsThatAreNotCanonicalAreNoKeys() {
        for (int above = 0; above < 19; above++) {
            byte[] encoded = littleEndian(P.add(BigInteger.valueOf(above)));
            assertThat(Ed25519.isValid(new SignerKey(ByteString.of(encoded)))).isFalse();
            encoded[31] |= (byte) 0x80;
            assertThat(Ed25519.isValid(new SignerKey(ByteString.of(encoded)))).isFalse();
        }
    }

    @Test
    void theSameSignatureWithSBeyondTheOrderFails() {
        byte[] message = {7};
        byte[] signature = Ed25519.sign(SEED, message).toBytes();
        byte[] s = littleEndian(number(signature, 32, 64).add(ORDER));
        System.arraycopy(s, 0, signature, 32, 32);
        assertThat(verify(Ed25519.keyOf(SEED), message, signature)).isFalse();
    }

    /// A key with a part of order 2 signs as well as any where k is even: a verifier that only
    /// looks at the equation takes it, and this test shows that ours would without its check.
    @Test
    void aKeyOfMixedOrderIsRefusedAlthoughItsSignatureSatisfiesTheEquation() {
        SignerKey mixed = withPointOfOrderTwo(Ed25519.keyOf(SEED));
        for (byte tries = 0; ; tries++) {
            byte[] message = {tries};
            byte[] nonce = Ed25519.keyOf(NONCE).bytes().toBytes();
            if (!challenge(nonce, mixed, message).testBit(0)) {
                byte[] signature = forge(nonce, mixed, message);
                assertThat(verify(mixed, message, signature)).as("the bare equation").isTrue();
                assertThat(Ed25519.isValid(mixed)).isFalse();
                return;
            }
        }
    }

    /// The other half: R with a part of order 2, which verifiers that multiply by the cofactor
    /// take.
    @Test
    void aNonceOfMixedOrderIsRefused() {
        SignerKey key = Ed25519.keyOf(SEED);
        SignerKey mixed = withPointOfOrderTwo(Ed25519.keyOf(NONCE));
        byte[] message = {9};
        assertThat(verify(key, message, forge(mixed.bytes().toBytes(), key, message))).isFalse();
        byte[] honest = forge(Ed25519.keyOf(NONCE).bytes().toBytes(), key, message);
        assertThat(verify(key, message, honest)).isTrue();
    }

    /// The signature with r from NONCE and a from SEED, whatever points R and A are said to be.
    private static byte[] forge(byte[] r, SignerKey key, byte[] message) {
        BigInteger k = challenge(r, key, message);
        BigInteger s = secret(NONCE).add(k.multiply(secret(SEED))).mod(ORDER);
        byte[] signature = new byte[64];
        System.arraycopy(r, 0, signature, 0, 32);
        System.arraycopy(littleEndian(s), 0, signature, 32, 32);
        return signature;
    }

    private static BigInteger challenge(byte[] r, SignerKey key, byte[] message) {
        byte[] hash = sha512(r, key.bytes().toBytes(), message);
        return number(hash, 0, 64).mod(ORDER);
    }

    private static BigInteger secret(byte[] seed) {
        byte[] hash = sha512(seed);
        hash[0] &= (byte) 0xf8;
        hash[31] &= 0x7f;
        hash[31] |= 0x40;
        return number(hash, 0, 32);
    }

    /// Adding (0, -1) turns (x, y) into (-x, -y).
    private static SignerKey withPointOfOrderTwo(SignerKey key) {
        byte[] encoded = key.bytes().toBytes();
        boolean odd = encoded[31] < 0;
        encoded[31] &= 0x7f;
        byte[] moved = littleEndian(P.subtract(number(encoded, 0, 32)));
        if (!odd) {
            moved[31] |= (byte) 0x80;
        }
        return new SignerKey(ByteString.of(moved));
    }

    private static boolean verify(SignerKey key, byte[] message, byte[] signature) {
        return Ed25519.verify(key, message, ByteString.of(signature));
    }

    private static SignerKey key(String hex) {
        return new SignerKey(ByteString.parseHex(hex));
    }

    private static byte[] seed(int number) {
        byte[] seed = new byte[Ed25519.SEED_LENGTH];
        seed[0] = (byte) number;
        return seed;
    }

    private static BigInteger number(byte[] littleEndian, int from, int to) {
        byte[] bigEndian = new byte[to - from];
        for (int i = from; i < to; i++) {
            bigEndian[to - 1 - i] = littleEndian[i];
        }
        return new BigInteger(1, bigEndian);
    }

    private static byte[] littleEndian(BigInteger number) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    private static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
