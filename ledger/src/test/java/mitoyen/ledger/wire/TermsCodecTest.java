package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.energy.BillingPeriod;
import mitoyen.ledger.energy.Member;
import mitoyen.ledger.energy.PriceLine;
import mitoyen.ledger.energy.SharingKey;
import mitoyen.ledger.energy.Tenure;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;
import org.junit.jupiter.api.Test;

/// LE-85: terms and the bytes that their commitment binds.
final class TermsCodecTest {
    private static final String FROZEN =
            "d27d84a2cd90761bf9553ad5a617d8d18579ab1374124a523329ecb05cd5990a";

    static final Terms FULL =
            terms(
                    new SharingKey.Static(
                            new TreeMap<>(Map.of("B1", new Share(300_000), "é", Share.ZERO))),
                    BillingPeriod.MONTH,
                    Optional.of(true));

    @Test
    void everyFormOfTermsIsReadBack() throws CborException {
        for (SharingKey key :
                List.of(
                        FULL.key(),
                        new SharingKey.FromOperator(),
                        new SharingKey.ProRata(SharingKey.Rounding.CONSERVING),
                        new SharingKey.ProRata(SharingKey.Rounding.AT_DSO))) {
            for (BillingPeriod billing : BillingPeriod.values()) {
                assertIsReadBack(terms(key, billing, Optional.empty()));
                assertIsReadBack(terms(key, billing, Optional.of(true)));
                assertIsReadBack(terms(key, billing, Optional.of(false)));
            }
        }
    }

    @Test
    void theEncodingIsFrozen() {
        byte[] bytes = TermsCodec.encode(FULL);
        assertThat(HexFormat.of().formatHex(bytes)).startsWith("aa636b6579a1667374617469638282");
        assertThat(Sha256.of(bytes)).hasToString(FROZEN);
    }

    @Test
    void coefficientsAreByStrictlyRisingMeter() throws CborException {
        String terms = HexFormat.of().formatHex(TermsCodec.encode(FULL));
        String first = "826242311a000493e0";
        String second = "8262c3a900";
        assertThat(terms).contains(first + second);
        for (String wrong : List.of(second + first, first + first)) {
            byte[] bytes = HexFormat.of().parseHex(terms.replace(first + second, wrong));
            assertThatThrownBy(() -> TermsCodec.decode(bytes))
                    .isInstanceOf(CborException.class)
                    .hasMessageContaining("a meter twice or out of order");
        }
    }

    private static void assertIsReadBack(Terms terms) throws CborException {
        byte[] bytes = TermsCodec.encode(terms);
        assertThat(TermsCodec.decode(bytes)).isEqualTo(terms);
        assertThat(TermsCodec.encode(TermsCodec.decode(bytes))).isEqualTo(bytes);
    }

    static Terms terms(SharingKey key, BillingPeriod billing, Optional<Boolean> publish) {
        return new Terms(
                "confluence",
                "Europe/Paris",
                30,
                "EUR",
                billing,
                publish,
                key,
                List.of(
                        prices(LocalDate.of(2025, 1, 1), 140_000),
                        prices(LocalDate.of(2025, 7, 1), 0)),
                "enedis",
                List.of(
                        new Member(
                                "alice",
                                Optional.empty(),
                                Optional.of(Share.ZERO),
                                List.of(new Tenure("A1", Optional.empty(), Optional.empty()))),
                        new Member(
                                "town",
                                Optional.of(Price.ZERO),
                                Optional.of(new Share(200_000)),
                                List.of(
                                        new Tenure(
                                                "S1",
                                                Optional.of(LocalDate.of(2025, 2, 1)),
                                                Optional.empty()),
                                        new Tenure(
                                                "S2",
                                                Optional.empty(),
                                                Optional.of(LocalDate.of(2025, 6, 30))),
                                        new Tenure(
                                                "S3",
                                                Optional.of(LocalDate.of(2025, 2, 1)),
                                                Optional.of(LocalDate.of(2025, 6, 30))))),
                        new Member("bruno", Optional.empty(), Optional.empty(), List.of())));
    }

    private static PriceLine prices(LocalDate from, long local) {
        return new PriceLine(
                from,
                new Price(local),
                new Price(180_000),
                new Price(40_000),
                new Price(10_000),
                Price.ZERO);
    }
}
