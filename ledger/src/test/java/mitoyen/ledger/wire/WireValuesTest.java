package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.RoundTrip;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.quantity.Amount;
import org.junit.jupiter.api.Test;

/// LE-1 and LE-98 for version 2: what decodes encodes to the same bytes.
final class WireValuesTest {
    @Test
    void whatIsChangedAtRandomIsItsOwnEncodingOrRefused() {
        for (byte[] body : WireValues.bodies()) {
            RoundTrip.holdsAround(WireValues.CODECS, "body", body);
        }
        RoundTrip.holdsAround(WireValues.CODECS, "signed", WireValues.signed().toBytes());
        RoundTrip.holdsAround(
                WireValues.CODECS, "genesis", AccountLine.genesis(AccountScript.SMALL).toBytes());
        RoundTrip.holdsAround(
                WireValues.CODECS, "genesis", SharedLedger.genesis("v1", "v2").toBytes());
        RoundTrip.holdsAround(WireValues.CODECS, "notice", WireValues.notice());
        RoundTrip.holdsAround(WireValues.CODECS, "wake", new Wake(-1, 70_000).toBytes());
    }

    /// Absurd numbers and lists too: what they mean is for the rules to say.
    @Test
    void randomTransactionsAreReadBack() throws CborException {
        Genesis genesis = AccountLine.genesis(AccountScript.SMALL);
        RandomTransactions random = new RandomTransactions(98, genesis, new NaiveLedger(genesis));
        for (int height = 2; height < 2_000; height++) {
            for (VerifiedTransaction each :
                    random.transactions(new Moment(height, random.nextTime()))) {
                byte[] bytes = TransactionCodec.encode(each.transaction());
                assertThat(TransactionCodec.decode(bytes, Parameters.STANDARD))
                        .isEqualTo(each.transaction());
            }
        }
    }

    /// The data of a passkey is capped before anything is hashed, and stands with a P-256 key only.
    @Test
    void passkeysKeepTheirLimits() throws CborException {
        assertThat(decoded("pk@site", 1_024, 1_024).signatures()).hasSize(1);
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> decoded("pk@site", 1_025, 37));
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> decoded("pk@site", 37, 1_025));
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> decoded("ana", 37, 37))
                .withMessageContaining("not of P-256");
    }

    /// LE-110 and LE-150: a genesis with an asset that nothing could be a multiple of would halt
    /// the ledger at its first transfer.
    @Test
    void theAssetsOfAGenesisMakeSense() {
        AssetTerms euro = AccountLine.genesis(Parameters.STANDARD).assets().getFirst();
        assertThat(genesis(List.of(euro, euro("EUR-held", euro, 1))).assets()).hasSize(2);
        for (List<AssetTerms> wrong :
                List.of(
                        List.of(euro, euro),
                        List.of(euro("EUR-held", euro, 1), euro),
                        List.of(euro("EUR", euro, 0)))) {
            assertThatIllegalArgumentException().isThrownBy(() -> genesis(wrong));
        }
        byte[] bytes = genesis(List.of(euro)).toBytes();
        String hex =
                HexFormat.of().formatHex(bytes).replace("647374657019" + "2710", "647374657000");
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> Genesis.decode(HexFormat.of().parseHex(hex)))
                .withMessageContaining("assets out of order or range");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Genesis(
                                "a",
                                AccountLine.key("founder"),
                                1,
                                Parameters.STANDARD,
                                List.of(euro)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Genesis(
                                "a",
                                AccountLine.key("pk@site"),
                                2,
                                Parameters.STANDARD,
                                List.of()));
    }

    private static Genesis genesis(List<AssetTerms> assets) {
        return new Genesis("a", AccountLine.key("founder"), 2, Parameters.STANDARD, assets);
    }

    private static AssetTerms euro(String code, AssetTerms like, long step) {
        return new AssetTerms(
                new Asset(code),
                new Amount(step),
                like.cap(),
                like.owing(),
                like.issuer(),
                like.verifyAbove(),
                like.purpose());
    }

    private static SignedTransaction decoded(String key, int clientData, int authenticatorData)
            throws CborException {
        var passkey =
                new SignedTransaction.Passkey(
                        ByteString.of(new byte[authenticatorData]),
                        ByteString.of(new byte[clientData]));
        var signature =
                new SignedTransaction.Signature(
                        AccountLine.key(key), ByteString.of(new byte[64]), Optional.of(passkey));
        byte[] bytes =
                new SignedTransaction(ByteString.of(new byte[1]), List.of(signature)).toBytes();
        SignedTransaction decoded = SignedTransaction.decode(bytes, Parameters.STANDARD);
        assertThat(decoded.toBytes()).isEqualTo(bytes);
        return decoded;
    }
}
