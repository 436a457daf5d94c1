package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.signature.SignatureChecker;
import org.junit.jupiter.api.Test;

/// LE-71 with the keys of accounts. The rule itself is tested in `signature`.
final class Ed25519Test {
    private static final byte[] SEED = new byte[Ed25519.SEED_LENGTH];
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final SignerKey NEUTRAL =
            new SignerKey(ByteString.parseHex("01" + "00".repeat(31)));

    @Test
    void aSignatureHoldsForItsKeyAndItsMessage() {
        byte[] key = Ed25519.keyOf(SEED).bytes().toBytes();
        ByteString signature = Ed25519.sign(SEED, MESSAGE);
        SignatureChecker checker = SignatureChecker.forFew();

        assertThat(signature.length()).isEqualTo(Ed25519.SIGNATURE_LENGTH);
        assertThat(checker.ed25519(key, MESSAGE, signature.toBytes())).isTrue();
        assertThat(checker.ed25519(key, new byte[] {1, 2, 4}, signature.toBytes())).isFalse();
    }

    @Test
    void aKeyThatIsNoneIsNotValid() {
        assertThat(Ed25519.isValid(Ed25519.keyOf(SEED))).isTrue();
        assertThat(Ed25519.isValid(NEUTRAL)).isFalse();
    }
}
