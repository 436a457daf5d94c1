package mitoyen.ledger.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// LE-140 to LE-143 and LE-71: RFC 8032's vectors hold with each library, and each point that
/// verifiers disagree about is refused.
final class Ed25519Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] SEED = seed(1);
    private static final byte[] KEY = Ed25519.keyOf(SEED);

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
        byte[] secret = HEX.parseHex(seed);
        byte[] signed = HEX.parseHex(message);
        assertThat(Ed25519.keyOf(secret)).isEqualTo(HEX.parseHex(key));
        assertThat(Ed25519.sign(secret, signed)).isEqualTo(HEX.parseHex(signature));
        assertThat(holds(HEX.parseHex(key), signed, HEX.parseHex(signature))).isTrue();
        assertThat(EdwardsModel.verify(HEX.parseHex(key), signed, HEX.parseHex(signature)))
                .isTrue();
    }

    @Test
    void aSignatureWithAnyBitChangedFails() {
        byte[] message = {1, 2, 3};
        byte[] signature = Ed25519.sign(SEED, message);
        assertThat(holds(KEY, message, signature)).isTrue();
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(holds(KEY, message, changed)).as("bit %d", bit).isFalse();
        }
        assertThat(holds(KEY, new byte[] {1, 2, 4}, signature)).isFalse();
        assertThat(holds(Ed25519.keyOf(seed(2)), message, signature)).isFalse();
    }

    @Test
    void aKeyOrASignatureOfAnotherLengthIsNone() {
        byte[] signature = Ed25519.sign(SEED, new byte[0]);
        for (int length = 0; length < 100; length++) {
            if (length != 64) {
                assertThat(holds(KEY, new byte[0], Arrays.copyOf(signature, length))).isFalse();
            }
            if (length != 32) {
                assertThat(Ed25519.isKey(Arrays.copyOf(KEY, length))).isFalse();
                assertThat(holds(Arrays.copyOf(KEY, length), new byte[0], signature)).isFalse();
            }
        }
    }

    @Test
    void pointsOfSmallOrderAndEncodingsThatAreNotCanonicalAreNoKeys() {
        assertThat(HostileSignature.SMALL)
                .noneMatch(Ed25519::isKey)
                .allMatch(point -> EdwardsModel.decode(point).isPresent());
        assertThat(Ed25519.isKey(HostileSignature.NEUTRAL)).isFalse();
        assertThat(HostileSignature.NOT_CANONICAL)
                .noneMatch(Ed25519::isKey)
                .allMatch(point -> EdwardsModel.decode(point).isEmpty());
        assertThat(Ed25519.isKey(KEY)).isTrue();
    }

    /// The native library buffers at most 1 MiB; beyond it Bouncy Castle is asked.
    @Test
    void aMessageMayBeLong() {
        for (int length : List.of((1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20)) {
            byte[] message = new byte[length];
            byte[] signature = Ed25519.sign(SEED, message);
            assertThat(holds(KEY, message, signature)).as("%d bytes", length).isTrue();
            message[length - 1]++;
            assertThat(holds(KEY, message, signature)).as("%d bytes", length).isFalse();
        }
    }

    /// What every library says, and they must say the same.
    private static boolean holds(byte[] key, byte[] message, byte[] signature) {
        List<Boolean> answers =
                Libraries.all().stream()
                        .map(library ->
                                Ed25519.verify(library, new KnownKeys(1), key, message, signature))
                        .distinct()
                        .toList();
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private static byte[] seed(int number) {
        byte[] seed = new byte[Ed25519.SEED_LENGTH];
        seed[0] = (byte) number;
        return seed;
    }
}
