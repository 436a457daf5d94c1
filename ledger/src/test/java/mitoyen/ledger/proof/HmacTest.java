package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// LE-81: keyed digests that are made ready once, against the platform's own.
final class HmacTest {
    @Test
    void isThePlatformsForEveryLengthOfKeyAndMessage() throws GeneralSecurityException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int length = 1; length <= 200; length++) {
            byte[] key = bytes(random, length);
            byte[] message = bytes(random, random.nextInt(300));
            int cut = random.nextInt(message.length + 1);
            Mac platform = Mac.getInstance("HmacSHA256");
            platform.init(new SecretKeySpec(key, "HmacSHA256"));
            assertThat(
                            new Hmac(key)
                                    .of(
                                            Arrays.copyOf(message, cut),
                                            Arrays.copyOfRange(message, cut, message.length)))
                    .as("seed %d, key of %d", seed, length)
                    .isEqualTo(platform.doFinal(message));
        }
    }

    @Test
    void oneServesManyThreads() {
        Hmac hmac = new Hmac(new byte[] {7});
        byte[][] alone =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> hmac.of(new byte[i]))
                        .toArray(byte[][]::new);
        IntStream.range(0, 20_000)
                .parallel()
                .forEach(i -> assertThat(hmac.of(new byte[i % 1_000])).isEqualTo(alone[i % 1_000]));
    }

    @Test
    void anEmptyKeyIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Hmac(new byte[0]));
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
