package mitoyen.ledger.account;

import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.quantity.Amount;

/// What one account holds of one asset: four totals, never a balance (LE-22).
///
/// @param id whose it is
/// @param asset of what
/// @param debitsPending reserved and not yet gone, at least 0
/// @param debitsPosted all that ever went, at least 0
/// @param creditsPending promised and not yet come, at least 0
/// @param creditsPosted all that ever came, at least 0
public record Account(
        AccountId id,
        Asset asset,
        Amount debitsPending,
        Amount debitsPosted,
        Amount creditsPending,
        Amount creditsPosted) {
    private static final int DEPTH = 1;

    /// An account that nothing has moved on.
    static Account untouched(AccountId id, Asset asset) {
        return new Account(id, asset, Amount.ZERO, Amount.ZERO, Amount.ZERO, Amount.ZERO);
    }

    /// What is owed to the holder, or by him where it is negative. What is pending is not in it.
    public Amount balance() {
        return creditsPosted.minus(debitsPosted);
    }

    /// What the holder may still spend without owing anything: the balance less what is reserved of
    /// it. What is promised to him does not count before it came (LE-102).
    public Amount available() {
        return balance().minus(debitsPending);
    }

    /// The account after an amount went.
    ///
    /// @throws ArithmeticException if the total exceeds a `long`
    Account debited(Amount amount) {
        return new Account(
                id, asset, debitsPending, debitsPosted.plus(amount), creditsPending, creditsPosted);
    }

    /// The account after an amount came.
    ///
    /// @throws ArithmeticException if the total exceeds a `long`
    Account credited(Amount amount) {
        return new Account(
                id, asset, debitsPending, debitsPosted, creditsPending, creditsPosted.plus(amount));
    }

    /// The account after an amount of it was reserved; a negative one is released.
    ///
    /// @throws ArithmeticException if the total exceeds a `long`
    Account debitPending(Amount amount) {
        return new Account(
                id, asset, debitsPending.plus(amount), debitsPosted, creditsPending, creditsPosted);
    }

    /// The account after an amount was promised to it; a negative one is no longer.
    ///
    /// @throws ArithmeticException if the total exceeds a `long`
    Account creditPending(Amount amount) {
        return new Account(
                id, asset, debitsPending, debitsPosted, creditsPending.plus(amount), creditsPosted);
    }

    /// The bytes that stand for the account in the state's root (LE-56).
    public byte[] toCbor() {
        return new CborWriter()
                .map(6)
                .key("id")
                .bytes(id.bytes())
                .key("asset")
                .text(asset.code())
                .key("debits-posted")
                .integer(debitsPosted.units())
                .key("credits-posted")
                .integer(creditsPosted.units())
                .key("debits-pending")
                .integer(debitsPending.units())
                .key("credits-pending")
                .integer(creditsPending.units())
                .toBytes();
    }

    /// What [#toCbor] wrote.
    ///
    /// @throws CborException if the bytes are no account
    public static Account fromCbor(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        AccountId id = Fields.account(reader.key("id"));
        Asset asset = Fields.asset(reader.key("asset"));
        Amount debitsPosted = Fields.total(reader.key("debits-posted"));
        Amount creditsPosted = Fields.total(reader.key("credits-posted"));
        Amount debitsPending = Fields.total(reader.key("debits-pending"));
        Amount creditsPending = Fields.total(reader.key("credits-pending"));
        reader.endMap();
        reader.end();
        return new Account(id, asset, debitsPending, debitsPosted, creditsPending, creditsPosted);
    }

    /// The key that it stands under in the state (LE-56).
    public ByteString key() {
        return asset.keyOf(id);
    }
}
