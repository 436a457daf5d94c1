package mitoyen.node.founding;

import java.nio.charset.StandardCharsets;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;

/// What founders put into the genesis of a new ledger.
public final class Founding {
    /// Above a hundred of a currency a passkey verifies its user [cents].
    private static final long VERIFY_ABOVE_CENTS = 10_000;

    /// The text whose hash says what the claims of a new ledger are for.
    private static final String CLAIMS = "Claims between members. Not money that anyone holds.";

    private Founding() {}

    /// Claims between members, in whole cents: nobody owes more than the founder lets him.
    ///
    /// @param currency its code
    public static AssetTerms claims(String currency, SignerKey founder) {
        return new AssetTerms(
                new Asset(currency),
                new Amount(Asset.CENT),
                Amount.ZERO,
                Amount.ZERO,
                AccountId.of(founder),
                new Amount(VERIFY_ABOVE_CENTS * Asset.CENT),
                Sha256.of(CLAIMS.getBytes(StandardCharsets.UTF_8)));
    }
}
