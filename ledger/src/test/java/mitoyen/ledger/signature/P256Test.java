package mitoyen.ledger.signature;

import static mitoyen.ledger.signature.Vectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-140, LE-143 to LE-146: P-256 in one form only.
final class P256Test {
    private static final byte[] SECRET =
            bytes("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
    private static final byte[] KEY = P256.keyOf(SECRET);
    private static final BigInteger ORDER = WeierstrassModel.ORDER;

    /// RFC 6979, section A.2.5; its s is the larger one, and ours the order less it.
    @ParameterizedTest
    @CsvSource({
        "sample, efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716,"
                + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        "test, f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367,"
                + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083"
    })
    void signsAsRfc6979SaysWithTheSmallerS(String message, String r, String s) {
        byte[] signed = message.getBytes(StandardCharsets.UTF_8);
        BigInteger low = new BigInteger(s, 16).min(ORDER.subtract(new BigInteger(s, 16)));

        assertThat(KEY)
                .isEqualTo(
                        bytes(
                                "0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"));
        assertThat(P256.sign(SECRET, signed)).isEqualTo(join(new BigInteger(r, 16), low));
        assertThat(holds(KEY, signed, P256.sign(SECRET, signed))).isTrue();
    }

    @Test
    void librariesAndModelAgreeOnRandomSignaturesAndTheirFlaws() {
        RandomGenerator random = new SplittableRandom(6979);
        for (int i = 0; i < 40; i++) {
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(message);
            byte[] key = P256.keyOf(secret);
            byte[] signature = P256.sign(secret, message);
            assertThat(holds(key, message, signature)).as("seed 6979, %d", i).isTrue();

            byte[] changed = signature.clone();
            changed[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
            assertThat(holds(key, message, changed)).as("seed 6979, %d", i).isFalse();
            assertThat(holds(key, message, other(signature))).as("larger s, %d", i).isFalse();
            byte[] negated = key.clone();
            negated[0] ^= 1;
            assertThat(holds(negated, message, signature)).as("other y, %d", i).isFalse();
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        byte[] message = {1};
        byte[] signature = P256.sign(SECRET, message);
        BigInteger r = new BigInteger(1, signature, 0, 32);
        BigInteger s = new BigInteger(1, signature, 32, 32);
        BigInteger most = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        List<BigInteger> wrong = List.of(BigInteger.ZERO, ORDER, ORDER.add(BigInteger.ONE), most);
        for (BigInteger number : wrong) {
            assertThat(holds(KEY, message, join(number, s))).as("r = %s", number).isFalse();
            assertThat(holds(KEY, message, join(r, number))).as("s = %s", number).isFalse();
        }
        BigInteger half = ORDER.shiftRight(1);
        assertThat(P256.isWellFormed(join(BigInteger.ONE, BigInteger.ONE))).isTrue();
        assertThat(P256.isWellFormed(join(ORDER.subtract(BigInteger.ONE), half))).isTrue();
        assertThat(P256.isWellFormed(join(r, half.add(BigInteger.ONE)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "000000000000000000000000000000000000000000000000000000000000000000",
                // uncompressed, and the hybrid form, cut to the length of a key
                "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
                "0660fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
                "0560fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
                "8360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
                // no point has this x
                "020000000000000000000000000000000000000000000000000000000000000001",
                // the prime itself, and the prime above an x that some point has
                "02ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
                "02ffffffff00000001000000000000000000000001000000000000000000000004",
                "02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    void whatIsNoCompressedPointIsNoKey(String encoding) {
        byte[] key = bytes(encoding);
        assertThat(P256.isKey(key)).isFalse();
        assertThat(WeierstrassModel.decode(key)).isEmpty();
        assertThat(holds(key, new byte[] {1}, P256.sign(SECRET, new byte[] {1}))).isFalse();
    }

    @Test
    void aKeyOrASignatureOfAnotherLengthIsNone() {
        byte[] message = {1};
        byte[] signature = P256.sign(SECRET, message);
        for (int length = 0; length < 100; length++) {
            if (length != 64) {
                assertThat(holds(KEY, message, Arrays.copyOf(signature, length))).isFalse();
            }
            if (length != 33) {
                assertThat(P256.isKey(Arrays.copyOf(KEY, length))).isFalse();
            }
        }
    }

    @Test
    void aMessageMayBeLong() {
        byte[] message = new byte[3 << 20];
        byte[] signature = P256.sign(SECRET, message);
        assertThat(holds(KEY, message, signature)).isTrue();
        message[0]++;
        assertThat(holds(KEY, message, signature)).isFalse();
    }

    @Test
    void aPrivateKeyIsInItsRange() {
        BigInteger most = ORDER.subtract(BigInteger.ONE);
        for (BigInteger number : List.of(BigInteger.ONE, BigInteger.TWO, most)) {
            byte[] secret = BigIntegers.asUnsignedByteArray(32, number);
            assertThat(holds(P256.keyOf(secret), KEY, P256.sign(secret, KEY))).isTrue();
        }
        for (BigInteger number : List.of(BigInteger.ZERO, ORDER, ORDER.add(BigInteger.ONE))) {
            byte[] secret = BigIntegers.asUnsignedByteArray(32, number);
            assertThatIllegalArgumentException().isThrownBy(() -> P256.keyOf(secret));
            assertThatIllegalArgumentException().isThrownBy(() -> P256.sign(secret, KEY));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> P256.keyOf(new byte[] {1}));
    }

    /// What every library and the model say, and they must say the same.
    private static boolean holds(byte[] key, byte[] message, byte[] signature) {
        boolean expected = WeierstrassModel.verify(key, Sha256.of(message), signature);
        for (Arithmetic library : Libraries.all()) {
            assertThat(P256.verify(library, key, message, signature))
                    .as(library.name())
                    .isEqualTo(expected);
        }
        return expected;
    }

    private static byte[] other(byte[] signature) {
        return join(
                new BigInteger(1, signature, 0, 32),
                ORDER.subtract(new BigInteger(1, signature, 32, 32)));
    }

    private static byte[] join(BigInteger r, BigInteger s) {
        byte[] signature = new byte[64];
        BigIntegers.asUnsignedByteArray(r, signature, 0, 32);
        BigIntegers.asUnsignedByteArray(s, signature, 32, 32);
        return signature;
    }
}
