package mitoyen.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import mitoyen.ledger.cbor.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-20: ids in Bech32m, with vectors of BIP 350.
final class AccountIdTest {
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    @Test
    void theChecksumIsThatOfBip350() {
        assertThat(Bech32m.decode("a", "a1lqfn3a")).isEmpty();
        assertThat(Bech32m.encode("a", new byte[0])).isEqualTo("a1lqfn3a");
        String every = "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx";
        String prefix = "abcdef";
        assertThat(Bech32m.encode(prefix, Bech32m.decode(prefix, every))).isEqualTo(every);
    }

    @Test
    void everyIdIsReadBackFromItsText() {
        long seed = 350;
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            AccountId id = random(random);
            assertThat(id.toString()).hasSize(42).startsWith("mit1");
            assertThat(AccountId.parse(id.toString())).as("seed %d", seed).isEqualTo(id);
        }
    }

    @Test
    void anyTwoMistypedCharactersAreFound() {
        long seed = 351;
        Random random = new Random(seed);
        String text = random(random).toString();
        for (int at = 0; at < text.length(); at++) {
            for (char typed : (ALPHABET + "1bioA ").toCharArray()) {
                String mistyped = text.substring(0, at) + typed + text.substring(at + 1);
                int second = random.nextInt(4, text.length());
                char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                String twice =
                        mistyped.substring(0, second) + other + mistyped.substring(second + 1);
                assertRefused(text, mistyped);
                assertRefused(text, twice);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mit1", "mit1qqqqq", "tim1lqfn3a", "MIT1QQQQQQQQ", "a1lqfn3a"})
    void whatIsNoIdIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AccountId.parse(text));
    }

    @Test
    void anIdOfAnotherLengthIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccountId.parse(Bech32m.encode("mit", new byte[19])))
                .withMessageContaining("19 bytes");
    }

    /// The longest vector of BIP 350 holds 410 bits: 51 bytes, and two that are not 0.
    @Test
    void bitsThatMeanNothingAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bech32m.decode("1", "11" + "l".repeat(82) + "ludsr8"))
                .withMessageContaining("mean nothing");
    }

    private static void assertRefused(String text, String mistyped) {
        if (!mistyped.equals(text)) {
            assertThatIllegalArgumentException()
                    .as(mistyped)
                    .isThrownBy(() -> AccountId.parse(mistyped));
        }
    }

    private static AccountId random(Random random) {
        byte[] bytes = new byte[AccountId.LENGTH];
        random.nextBytes(bytes);
        return new AccountId(ByteString.of(bytes));
    }
}
