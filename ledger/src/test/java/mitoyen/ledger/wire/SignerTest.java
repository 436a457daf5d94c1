package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// LE-71: whoever keeps a key beside its seed signs as the seed alone does.
final class SignerTest {
    @Test
    void aSignerSignsAsItsSeedDoes() {
        long seedOfChance = new Random().nextLong();
        Random random = new Random(seedOfChance);
        for (int round = 0; round < 50; round++) {
            byte[] seed = new byte[Ed25519.SEED_LENGTH];
            byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(seed);
            random.nextBytes(message);
            Signer signer = new Signer(seed);
            assertThat(signer.key()).as("seed %d", seedOfChance).isEqualTo(Ed25519.keyOf(seed));
            assertThat(signer.sign(message))
                    .as("seed %d", seedOfChance)
                    .isEqualTo(Ed25519.sign(seed, message));
        }
    }
}
