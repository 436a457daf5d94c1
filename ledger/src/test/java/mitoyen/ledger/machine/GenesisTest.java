package mitoyen.ledger.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountLimits;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.proof.Sha256;
import org.junit.jupiter.api.Test;

/// LE-50 and LE-51: what a ledger begins with.
final class GenesisTest {
    private static final SignerKey FOUNDER =
            new SignerKey(ByteString.of(new byte[SignerKey.LENGTH]));
    private static final Parameters ODD =
            new Parameters(
                    1,
                    2,
                    3,
                    4,
                    5,
                    Integer.MAX_VALUE,
                    TrafficLimits.STANDARD,
                    AccountLimits.STANDARD,
                    List.of(),
                    Optional.empty());

    @Test
    void itIsReadBackWithEveryParameterInItsPlace() throws CborException {
        Genesis genesis = new Genesis("Rue du Soleil", FOUNDER, ODD);
        assertThat(Genesis.decode(genesis.toBytes())).isEqualTo(genesis);
        assertThat(genesis.hash()).isEqualTo(Sha256.of(genesis.toBytes()));
        assertThat(genesis.hash())
                .isNotEqualTo(new Genesis("Rue du Soleil", FOUNDER, Parameters.STANDARD).hash());
    }

    @Test
    void itsNameHasAtMost64Bytes() throws CborException {
        Genesis longest = new Genesis("é".repeat(32), FOUNDER, ODD);
        assertThat(Genesis.decode(longest.toBytes())).isEqualTo(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Genesis("é".repeat(32) + "e", FOUNDER, ODD));
    }

    @Test
    void anotherProtocolVersionIsRefused() {
        byte[] bytes = new Genesis("a", FOUNDER, ODD).toBytes();
        int version = ByteString.of(bytes).toString().indexOf("76657273696f6e01") / 2 + 7;
        bytes[version] = 2;
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> Genesis.decode(bytes))
                .withMessage("at byte " + version + ": protocol version 2 is not known");
    }
}
