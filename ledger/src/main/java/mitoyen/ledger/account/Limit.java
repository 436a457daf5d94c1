package mitoyen.ledger.account;

import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.quantity.Amount;

/// What an account may do with an asset, where its issuer set something else than the asset's
/// default (LE-112).
///
/// @param account whose
/// @param owing how far below zero it may go, at least 0
/// @param onlyReceives whether nothing goes from it
public record Limit(AccountId account, Asset asset, Amount owing, boolean onlyReceives) {
    private static final int DEPTH = 1;

    /// Writes the one encoding.
    public void write(CborWriter writer) {
        writer.map(4);
        writer.key("asset").text(asset.code());
        writer.key("owing").integer(owing.units());
        writer.key("account").bytes(account.bytes());
        writer.key("only-receives").bool(onlyReceives);
    }

    /// Reads the fields that [#write] wrote, in a map that is open.
    ///
    /// @throws CborException if they are no limit's
    public static Limit readFields(CborReader reader) throws CborException {
        Asset asset = Fields.asset(reader.key("asset"));
        Amount owing = Fields.amount(reader.key("owing"));
        AccountId account = Fields.account(reader.key("account"));
        boolean onlyReceives = reader.key("only-receives").bool();
        return new Limit(account, asset, owing, onlyReceives);
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws CborException if it is no limit
    public static Limit read(CborReader reader) throws CborException {
        reader.beginMap();
        Limit read = readFields(reader);
        reader.endMap();
        return read;
    }

    /// The key that it stands under in the state (LE-104).
    public ByteString key() {
        return asset.keyOf(account);
    }

    /// The bytes that stand for it in the state's root (LE-104).
    public byte[] toCbor() {
        CborWriter writer = new CborWriter();
        write(writer);
        return writer.toBytes();
    }

    /// What [#toCbor] wrote.
    ///
    /// @throws CborException if the bytes are no limit
    public static Limit fromCbor(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        Limit limit = read(reader);
        reader.end();
        return limit;
    }
}
