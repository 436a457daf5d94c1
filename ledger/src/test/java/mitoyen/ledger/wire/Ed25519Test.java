package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import org.junit.jupiter.api.Test;

/// LE-71 with the keys of accounts. The rule itself is tested in `signature`.
final class Ed25519Test {
    private static final byte[] SEED = new byte[Ed25519.SEED_LENGTH];
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final SignerKey NEUTRAL =
            new SignerKey(ByteString.parseHex("01" + "00".repeat(31)));

    @Test
    void aSignatureHoldsForItsKeyAndItsMessage() {
        SignerKey key = Ed25519.keyOf(SEED);
        ByteString signature = Ed25519.sign(SEED, MESSAGE);

        assertThat(signature.length()).isEqualTo(Ed25519.SIGNATURE_LENGTH);
        assertThat(Ed25519.verify(key, MESSAGE, signature)).isTrue();
        assertThat(Ed25519.verify(key, new byte[] {1, 2, 4}, signature)).isFalse();
        assertThat(Ed25519.verify(key, MESSAGE, ByteString.of(new byte[64]))).isFalse();
    }

    @Test
    void aKeyThatIsNoneIsNotValidAndSignsNothing() {
        ByteString signature = Ed25519.sign(SEED, MESSAGE);

        assertThat(Ed25519.isValid(Ed25519.keyOf(SEED))).isTrue();
        assertThat(Ed25519.isValid(NEUTRAL)).isFalse();
        assertThat(Ed25519.verify(NEUTRAL, MESSAGE, signature)).isFalse();
    }
}
