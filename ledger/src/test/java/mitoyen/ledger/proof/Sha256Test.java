package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// LE-10 and LE-18: hashes, keyed hashes and commitments, with the vectors of FIPS 180-4 and RFC
/// 4231.
final class Sha256Test {
    private static final String ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void aDigestIsTheStandardsWhateverTheParts() {
        assertThat(Sha256.of(utf8("abc"))).hasToString(ABC);
        assertThat(Sha256.of(utf8("a"), utf8(""), utf8("bc"))).hasToString(ABC);
        assertThat(Digest.parse(ABC)).isEqualTo(Sha256.of(utf8("abc")));
    }

    @Test
    void aKeyedDigestIsHmacOfLabelAndContent() {
        assertThat(Sha256.hmac(utf8("Jefe"), "what do ya want ", utf8("for nothing?")))
                .hasToString("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void aCommitmentBindsSaltAndContentInADomainOfItsOwn() {
        Digest salt = Sha256.of(utf8("salt"));
        assertThat(Commitment.of(salt, utf8("abc")))
                .isEqualTo(Sha256.of(new byte[] {4}, salt.toBytes(), utf8("abc")))
                .isNotEqualTo(Commitment.of(salt, utf8("abd")))
                .isNotEqualTo(Commitment.of(Sha256.of(), utf8("abc")));
    }

    @Test
    void aDigestHas32Bytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> Digest.of(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> Digest.parse(ABC + "00"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
